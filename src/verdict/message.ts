import type { Cause } from './cause';
import type { Verdict } from './job-verdict';

/** The cause in one line that names the object which shows it, without repeating what verdict and reason already say. */
export function messageFor(name: string, verdict: Verdict, reason: string | null, { code, detail, pod, container }: Cause): string {
  const subject = pod === undefined ? `Job ${name}` : `pod ${pod.name}${container === undefined ? '' : `, container ${container}`}`;
  const said = oneLine(detail);
  const cause = code === verdict || code === reason || code === 'Succeeded' ? '' : `${code}: `;
  return `${subject}: ${cause}${said}`;
}

const longest = 300;

function oneLine(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
