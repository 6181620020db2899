/** The names of the package that do without cdk8s, for programs that only judge; `src/index.ts` has them too. No logic. */
export { validateManifest } from './rules/validate-manifest';
export { validateUpdate } from './rules/validate-update';
export { kubernetesVersions, type KubernetesVersion, type ValidateOptions } from './rules/rule/versions';
export type { GitOpsTool } from './api/gitops';
export { formatFinding, type FaultType, type Finding, type Severity } from './core/finding';
export { readManifests } from './yaml/read-manifests';
export type { ManifestDocument } from './yaml/read-manifests';
export { parseSchedule } from './schedule/parse';
export type { Schedule, ScheduleOptions } from './schedule/schedule';
export type { TimeZoneName } from './schedule/zone-names';
export { JobsError, InvalidManifestError, CronSyntaxError, ManifestSyntaxError, type ErrorCode } from './core/errors';
