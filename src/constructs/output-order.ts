import { holdsOutputs } from './manifest-text';
import { withMetadata } from './render/with-metadata';
import { afterAnnotation, formatJobNames, type JobName, jobsBefore } from '../api/order';
import { outputsNeeded } from '../api/outputs';
import { given } from '../core/given';
import { valueAt } from '../core/json';

/** The manifest of an object that waits for the Jobs whose outputs it uses, besides those that it waits for already. */
export function afterItsOutputs(manifest: unknown): unknown {
  if (!holdsOutputs(manifest)) return manifest;
  const needed = outputsNeeded(manifest);
  if (needed.length === 0) return manifest;
  const own = valueAt(manifest, ['metadata', 'namespace']);
  const inFull = ({ namespace, name }: JobName): string => `${namespace ?? String(own ?? '')}/${name}`;
  const before = jobsBefore(manifest);
  const known = new Set(before.map(inFull));
  const missing = needed.filter((job) => !known.has(inFull(job)));
  if (missing.length === 0) return manifest;
  const added = missing.map(({ name, namespace }): JobName => ({ name, ...namespace === own ? {} : given({ namespace }) }));
  return withMetadata(manifest, { annotations: { [afterAnnotation]: formatJobNames([...before, ...added]) } });
}
