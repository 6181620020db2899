import { given } from '../../core/given';
import type { Trace, TraceJob } from '../../testing/trace';

/** How one Job of a trace ended, or where it stands at the end of the trace. */
interface JobEnd {
  /** Undefined for a Job that has not ended. */
  readonly condition?: string;
  /** Reason and message of the condition; empty where there are none. */
  readonly why: string;
  /** Seconds from its creation to its end. */
  readonly elapsed?: number;
  /** Seconds from the beginning of the trace. */
  readonly deletedAt?: number;
}

const lasting = ['Complete', 'Failed', 'Suspended'];

/** How a Job ended, from the last status that a watcher would have seen. */
export function endOfJob({ revisions }: Trace, { name, createdAt, deletedAt }: TraceJob): JobEnd {
  // A name may be used again.
  const last = revisions.filter(({ job, at }) => job === name && at >= createdAt && at <= (deletedAt ?? Infinity)).at(-1);
  const condition = last?.status.conditions?.find(({ type, status }) => status === 'True' && lasting.includes(type));
  const deletion = given({ deletedAt });
  if (condition === undefined) return { why: '', ...deletion };
  const why = [condition.reason, condition.message].filter((part) => part !== undefined && part !== '').join(': ');
  const isOver = condition.type !== 'Suspended';
  return { condition: condition.type, why, ...isOver && last !== undefined ? { elapsed: last.at - createdAt } : {}, ...deletion };
}
