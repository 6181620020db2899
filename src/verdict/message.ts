import type { Cause } from './cause';
import type { History } from './history';
import type { JobFacts } from './job-facts';
import type { Verdict } from './job-verdict';

/** The verdict in one line that names the object which shows the cause. */
export function messageFor(history: History, verdict: Verdict, reason: string | null, { code, detail, pod, container }: Cause, job: JobFacts | undefined): string {
  const name = job?.name ?? history.refusal?.name ?? history.cronJob?.name ?? '';
  const subject = pod === undefined ? `Job ${name}` : `pod ${pod.name}${container === undefined ? '' : `, container ${container}`}`;
  const said = oneLine(detail);
  const cause = code === verdict || code === 'Succeeded' ? '' : `${code}: `;
  const mechanism = reason === null || verdict === 'Complete' ? '' : ` (${verdict}: ${reason})`;
  return `${subject}: ${cause}${said}${mechanism}`;
}

const longest = 300;

function oneLine(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
