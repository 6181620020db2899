import type { Cause } from './cause';
import type { Verdict } from './job-verdict';

/** The verdict in one line that names the object which shows the cause. */
export function messageFor(name: string, verdict: Verdict, reason: string | null, { code, detail, pod, container }: Cause): string {
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
