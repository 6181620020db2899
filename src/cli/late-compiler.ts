import { setFlagsFromString } from 'node:v8';

/** How much of its byte code, in bytes, a function runs before V8 compiles it for speed; else it is a quarter of that. */
const budget = 500_000;

/** Commands that mostly calculate for less than a few seconds, however long they wait; `simulate` may calculate for minutes. */
const shortCommands: readonly string[] = ['validate', 'run', 'wait'];

/**
 * Lets V8 compile functions later, for commands that have ended before most of them pay that back: validating a thousand manifests takes
 * 0.78 of the CPU, and ten thousand 1.08; a run of 500 pods on this machine takes 0.7, and one of 4,000 as much as before; waiting for a
 * thousand Jobs takes 0.7, and 5 MB less.
 *
 * Only Node 20 is told. Those after it were no faster with it, and a flag that is not known is an error on stderr.
 */
export function compileLater(command: string | undefined): void {
  if (command !== undefined && shortCommands.includes(command) && process.versions.v8.startsWith('11.3.')) setFlagsFromString(`--interrupt-budget=${budget}`);
}
