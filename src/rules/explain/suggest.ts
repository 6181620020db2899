import { findRightPlace } from './misplaced';
import { type ApiServer } from '../../api/api-server';
import { type KindName } from '../../api/kinds';
import { type FieldPath } from '../../core/field-path';
import { countEdits, nearest } from '../../core/nearest';
import { fieldSince, type ObjectShape } from '../decode/shapes';

/**
 * What to write instead of an unknown field, as a clause: another spelling, the place where it belongs, or the version that brings it;
 * empty when there is nothing to say.
 *
 * @param at its path.
 */
export function suggestField(name: string, at: FieldPath, kind: KindName, shape: ObjectShape, server: ApiServer): string {
  const since = fieldSince(shape.name, name);
  if (since !== undefined && since > server.minor) return `it is new in Kubernetes 1.${since}`;
  const similar = nearestName(name, [...shape.fields.keys()]);
  if (similar !== undefined) return `did you mean ${similar}?`;
  // Places are looked for in Jobs and CronJobs.
  if (shape.name.startsWith('jobset.')) return '';
  const place = findRightPlace(name, at, kind, server);
  return place === undefined ? '' : `did you mean ${place}?`;
}

/** The name that differs least from `text`: by case alone, or by at most two edits (one in short names). */
export function nearestName(text: string, names: readonly string[]): string | undefined {
  if (text.length > 100) return undefined;
  const lower = text.toLowerCase();
  const sameLetters = names.find((name) => name.toLowerCase() === lower);
  if (sameLetters !== undefined) return sameLetters;
  const allowed = text.length > 5 ? 2 : 1;
  return nearest(names, allowed, (name) => {
    return Math.abs(name.length - text.length) > allowed ? Infinity : countEdits(lower, name.toLowerCase());
  });
}
