import { type Finding, formatFinding } from '../core/finding';
import { resourceOf } from '../engine/store';
import { type Event, type World, findObject } from '../engine/world';
import { validateManifest } from '../rules/validate-manifest';
import { validateUpdate } from '../rules/validate-update';
import type { KubernetesObject } from '../spec/cluster-port';

/** Why the API server would not take a new object; it takes every object that is neither a Job nor a CronJob. */
export function admissionErrors(manifest: unknown): readonly Finding[] {
  return validateManifest(manifest).filter(({ severity }) => severity === 'error');
}

/** Why the API server would refuse what a client asks for. */
export function refusalOf(event: Event, world: World): readonly Finding[] {
  if (event.event === 'create') return isBatch(event.object.kind) ? admissionErrors(event.object) : [];
  if (event.event !== 'update' || event.subresource !== undefined || !isBatch(event.object.kind)) return [];
  const { namespace, name = '' } = event.object.metadata ?? {};
  const before = findObject(world, { resource: resourceOf(event.object), ...(namespace === undefined ? {} : { namespace }), name });
  if (before === undefined) return [];
  return validateUpdate(before, event.object).filter(({ severity }) => severity === 'error');
}

/** The API server's words for refusing the Job of a CronJob; it takes everything else that controllers make. */
export function refusalOfJob(object: KubernetesObject): string | undefined {
  if (object.kind !== 'Job') return undefined;
  const findings = admissionErrors(object).map(formatFinding);
  if (findings.length === 0) return undefined;
  const why = findings.length === 1 ? findings[0] ?? '' : `[${findings.join(', ')}]`;
  return `Job.batch ${JSON.stringify(object.metadata?.name ?? '')} is invalid: ${why}`;
}

function isBatch(kind: string | undefined): boolean {
  return kind === 'Job' || kind === 'CronJob';
}
