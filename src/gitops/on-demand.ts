/** The hash of names, loaded when the first Job wants one: it needs the rules. */
import type { HashOptions } from './content-hash';

const hashing = (): typeof import('./content-hash') => require('./content-hash') as typeof import('./content-hash');

/** See `content-hash.ts`. */
export function hashedName(manifest: unknown, maxLength: number, options: HashOptions): string | undefined {
  return hashing().hashedName(manifest, maxLength, options);
}
