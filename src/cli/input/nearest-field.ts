import { findNearest } from './suggest';
import { fieldsOfType } from '../../api/field-table';
import { kindNames } from '../../api/kinds';
import { parseFieldPath } from '../../yaml/path-segments';

/**
 * The path that was probably meant by one that leads nowhere: `spec.parallelism` for `spec.paralelism`. Undefined when none is close.
 *
 * A path without a kind is taken as that of a Job or of a CronJob, whichever knows more of it.
 */
export function findNearestField(text: string): string | undefined {
  const [first = '', ...rest] = parseFieldPath(text).filter((segment) => typeof segment === 'string');
  const named = kindNames.find((kind) => kind.toLowerCase() === first.toLowerCase());
  const paths = named === undefined
    ? kindNames.map((kind) => correct(kind, [first, ...rest]))
    : [correct(named, rest)].map((path) => (path === undefined ? undefined : [named.toLowerCase(), ...path]));
  const [longest] = paths.filter((path) => path !== undefined).sort((one, other) => other.length - one.length);
  return longest?.join('.');
}

/** The names with the first wrong one corrected, and what follows left out. */
function correct(kind: string, names: readonly string[]): string[] | undefined {
  const path: string[] = [];
  let type = `v1.${kind}`;
  for (const name of names) {
    const fields = fieldsOfType(type);
    const field = fields.get(name);
    if (field === undefined) {
      const nearest = findNearest(name, [...fields.keys()]);
      return nearest === undefined ? undefined : [...path, nearest];
    }
    path.push(name);
    type = field.type;
  }
  return path;
}
