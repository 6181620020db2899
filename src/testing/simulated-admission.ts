import { kindMeantBy } from '../api/kinds';
import type { Finding } from '../core/finding';
import { given } from '../core/given';
import { resourceOf } from '../engine/store';
import { type Event, type World, findObject } from '../engine/world';
import { validateManifest } from '../rules/validate-manifest';
import { validateUpdate } from '../rules/validate-update';

/** Why the API server would refuse a new object; one that is neither a Job nor a CronJob is never refused. */
export function admissionErrors(manifest: unknown): readonly Finding[] {
  return validateManifest(manifest).filter(({ severity }) => severity === 'error');
}

/** Why the API server would refuse what a client asks for. */
export function refusalOf(event: Event, world: World): readonly Finding[] {
  if (event.event === 'create') return kindMeantBy(event.object) !== undefined ? admissionErrors(event.object) : [];
  if (event.event !== 'update' || event.subresource !== undefined || kindMeantBy(event.object) === undefined) return [];
  const { namespace, name = '' } = event.object.metadata ?? {};
  const before = findObject(world, { resource: resourceOf(event.object), ...given({ namespace }), name });
  if (before === undefined) return [];
  return validateUpdate(before, event.object).filter(({ severity }) => severity === 'error');
}
