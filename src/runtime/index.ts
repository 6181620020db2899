/** The public names in the order in which API.md describes them; the comments are its chapters. */

// Clusters
export { connect, type ConnectOptions } from './connection/connect';
export { localCluster, type LocalClusterOptions } from './local';
export { Cluster } from './cluster';
export type { ManifestInput } from './manifests';
export type { InterruptPolicy, Progress, RunOptions, RunResult, WaitOptions } from './run-options';
export type { OrderedJob } from './ordered-jobs';
export type { Applied } from './apply-object';
export type { DeleteJobOptions, JobOptions, JobOrCronJobOptions, RetryOptions } from './jobs';
export type { RetryFailedOptions, RetryResult } from './retry-failed';
export type { TriggerOptions } from './trigger';
export type { LogsOptions } from './logs';
export { LogChunk, LogLine, type LogSource } from './log-line';

// Verdicts
export type { Attempt, JobCounts, JobVerdict, QueueRecord, Verdict } from '../verdict/job-verdict';
export type { Diagnosis } from '../verdict/diagnosis';
export { exitStatus, exitStatuses } from '../verdict/exit-status';

// Records
export { openTape, readTape, type Tape, type TapeHead, type TapeWriter } from './record';
export { judge, startJudging, type Judging, type JudgingOptions } from '../verdict/judge';
export type { Observation, ObservedAction, ObservedAnswer } from '../verdict/observation';

// Refusals
export { ClusterError } from '../port/cluster-port';
export { ManifestsRefusedError, PartlyAppliedError, type Refusal } from './apply-errors';

// A cluster of your own
export type { ClusterPort, ClusterDescription, KubernetesObject, PropagationPolicy } from '../port/cluster-port';
