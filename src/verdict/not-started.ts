import { outputHint } from './hints';
import type { JobVerdict } from './job-verdict';
import { startJudging } from './judge';
import { number } from './read';
import { asObject, type JsonObject } from '../core/json';

/** The verdict of a Job that was not started since an output that it needs is missing; `why` is its message. */
export function withoutOutput(job: JsonObject, why: string): JobVerdict {
  return { ...notStarted(job, why), diagnosis: 'OutputMissing', hint: outputHint };
}

/** The verdict of a Job that was not started because of another one, or because its caller gave up; `why` is its message. */
export function notStarted(job: JsonObject, why: string): JobVerdict {
  const { name, namespace } = asObject(job.metadata);
  const verdict = startJudging({}).verdict();
  return {
    ...verdict,
    verdict: 'NotStarted',
    diagnosis: 'NotStarted',
    message: why,
    hint: '',
    settled: true,
    over: true,
    name: typeof name === 'string' ? name : null,
    namespace: typeof namespace === 'string' ? namespace : null,
    counts: { ...verdict.counts, wanted: number(job, 'spec', 'completions') ?? null },
  };
}

/** Why a Job is not started that waits for one with this verdict: `extract failed`. */
export function whyNotStarted({ name, verdict, timedOutAfter, stuck }: JobVerdict): string {
  switch (verdict) {
    case 'Failed': return `${name} failed`;
    case 'Deleted': return `${name} was deleted`;
    case 'Refused': return `${name} was refused`;
    case 'NotStarted': return `${name} was not started`;
    default: break;
  }
  if (timedOutAfter !== null) return `time was up before ${name} was complete`;
  if (stuck) return `${name} is stuck`;
  return verdict === 'Suspended' ? `${name} is suspended` : 'interrupted';
}
