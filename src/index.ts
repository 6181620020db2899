/** The public names in reading order; no logic. */
export type { Finding, FaultType, Severity } from './core/finding';
export { formatFinding } from './core/finding';
export { JobsError, InvalidManifestError, CronSyntaxError, ManifestSyntaxError, type ErrorCode } from './core/errors';
