/** What goes into the tests of people who write Jobs: a virtual cluster that takes no time. The comments are the chapters of API.md. */

// Simulation
export { simulate, type SimulateOptions } from './simulate';
export type { PodScript, JobScript, PodRun, ContainerRun, StopRun } from './pod-script';
export type { Action, ActionName } from './simulated-actions';
export type { Trace, TraceAnswer, TraceEvent, TraceJob } from './trace';
export type { TracePod } from './trace-pod';
export type { TraceNotStarted } from './simulated-order';
export { traceOfJob } from './trace-of-job';
export { formatTimeline } from './timeline';

// Matchers
export { assertThat, allMatchers, toComplete, toFail, toRetryIndex, type JobMatchers, type MatcherResult } from './matchers';
