import type { Trace } from './trace';
import { describeEndOfPod } from './trace-pod';
import type { JobStatus } from '../api/kubernetes';

/** The most lines of a timeline; of a longer one the middle is left out. */
const mostLines = 60;

/** What happened in a simulation, one line each: `  12.0s  Job j          SuccessfulCreate: Created pod: j-x7k2p`. */
export function formatTimeline(trace: Trace): string {
  const lines = [
    ...trace.events.map(({ at, on, name, reason, message }) => ({ at, text: `${on} ${name}  ${reason}: ${message}` })),
    ...trace.revisions.map(({ at, job, status }) => ({ at, text: `Job ${job}  ${formatStatus(status)}` })),
    ...trace.jobs.flatMap(({ name, deletedAt }) => (deletedAt === undefined ? [] : [{ at: deletedAt, text: `Job ${name}  deleted` }])),
    ...trace.pods.flatMap((pod) => (pod.endedAt === undefined ? [] : [{ at: pod.endedAt, text: `Pod ${pod.name}  ended${describeEndOfPod(pod)}` }])),
  ].sort((one, other) => one.at - other.at);
  const texts = [
    ...lines.map(({ at, text }) => `${`${at.toFixed(1)}s`.padStart(9)}  ${text}`),
    ...trace.notStarted.map(({ name, why }) => `           Job ${name}  not started: ${why}`),
  ];
  if (texts.length <= mostLines) return texts.join('\n');
  const half = mostLines / 2;
  return [...texts.slice(0, half), `           … ${texts.length - mostLines} lines left out …`, ...texts.slice(-half)].join('\n');
}

/** A status in one line: `active 2, ready 1, failed 1, FailureTarget`. */
function formatStatus(status: JobStatus): string {
  const counts = (['active', 'ready', 'terminating', 'succeeded', 'failed'] as const)
    .flatMap((name) => ((status[name] ?? 0) > 0 ? [`${name} ${status[name] ?? 0}`] : []));
  const indexes = (['completedIndexes', 'failedIndexes'] as const).flatMap((name) => (status[name] ? [`${name} ${status[name]}`] : []));
  const conditions = (status.conditions ?? []).filter((condition) => condition.status === 'True').map(({ type, reason }) => `${type} (${reason ?? ''})`);
  const parts = [...counts, ...indexes, ...conditions];
  return parts.length === 0 ? 'nothing active' : parts.join(', ');
}
