/** The public names in reading order; no logic. */
export type { Finding, FaultType, Severity } from './core/finding';
export { formatFinding } from './core/finding';
export { JobsError, InvalidManifestError, CronSyntaxError, ManifestSyntaxError, type ErrorCode } from './core/errors';

export { validateManifest } from './rules/validate-manifest';
export { validateUpdate } from './rules/validate-update';
export { kubernetesVersions, type KubernetesVersion, type ValidateOptions } from './rules/rule/versions';

export { parseSchedule } from './schedule/parse';
export type { Schedule, ScheduleOptions } from './schedule/schedule';
export type { CheckedCron } from './schedule/cron-text';
export type { TimeZoneName } from './schedule/zone-names';

export { type ManifestDocument, readManifests } from './yaml/read-manifests';

export { NonParallelJob } from './constructs/non-parallel-job';
export { FixedCompletionJob } from './constructs/fixed-completion-job';
export { IndexedJob } from './constructs/indexed-job';
export { WorkQueueJob } from './constructs/work-queue-job';
export { ScheduledJob } from './constructs/scheduled-job';
export { JobConstruct } from './constructs/job-construct';
export { JobValidation, type SynthValidationContext, type SynthViolation } from './constructs/synth-plugin';
export type * from './api/props/job-props';
export type * from './api/props/cron-job-props';
export type * from './api/props/pod-props';
export type * from './api/props/container-props';
export type * from './api/props/volume-props';
export type * from './api/props/policy-props';
export type * from './api/props/quantity-props';
export type * from './api/props/metadata-props';
export type * from './api/props/plus-props';
export type { Forbidden, Problem } from './core/messages';
