import type { Observation } from './observation';
import { text } from './read';

/** What arrived at once, by resource version; observations without one, like answers and output, come first. */
export function inOrderOfWriting(moment: readonly Observation[]): readonly Observation[] {
  const versions = new Map(moment.map((observation) => [observation, resourceVersion(observation)]));
  return [...moment].sort((a, b) => (versions.get(a) ?? -1) - (versions.get(b) ?? -1));
}

function resourceVersion({ object }: Observation): number {
  const version = text(object, 'metadata', 'resourceVersion');
  return version !== undefined && /^\d{1,15}$/.test(version) ? Number(version) : -1;
}
