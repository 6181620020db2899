import { kindMeantBy } from '../api/kinds';
import type { Finding } from '../core/finding';
import { given } from '../core/given';
import { resourceOf } from '../engine/store';
import { type Event, type World, findObject } from '../engine/world';
import { orderOf } from '../rules/order';
import { type ServerOptions, serverOptions } from '../rules/rule/versions';
import { identityOf, sameNameFinding } from '../rules/same-name';
import { validateManifest } from '../rules/validate-manifest';
import { validateUpdate } from '../rules/validate-update';

/** Why the API server would refuse a new object; one that is neither a Job nor a CronJob is never refused. */
function admissionErrors(manifest: unknown, server: ServerOptions): readonly Finding[] {
  return validateManifest(manifest, serverOptions(server)).filter(({ severity }) => severity === 'error');
}

/** Why some manifests would not be run together: what the API server would refuse, and an order that is impossible. */
export function refusalsOf(
  manifests: readonly unknown[], server: ServerOptions = {},
): ReadonlyArray<{ readonly position: number; readonly finding: Finding }> {
  const seen = new Map<string, number>();
  const own = manifests.flatMap((manifest, position) => {
    const identity = identityOf(manifest, 'default');
    const twin = identity === undefined ? undefined : seen.get(identity);
    if (identity !== undefined && twin === undefined) seen.set(identity, position);
    const taken = identity === undefined || twin === undefined ? [] : [sameNameFinding(identity, `manifest ${twin + 1} of ${manifests.length}`)];
    return [...admissionErrors(manifest, server), ...taken].map((finding) => ({ position, finding }));
  });
  return [...own, ...orderOf(manifests, 'default').faults];
}

/** Why the API server would refuse what a client asks for. */
export function refusalOf(event: Event, world: World, server: ServerOptions): readonly Finding[] {
  if (event.event === 'create') return kindMeantBy(event.object) !== undefined ? admissionErrors(event.object, server) : [];
  if (event.event !== 'update' || event.subresource !== undefined || kindMeantBy(event.object) === undefined) return [];
  const { namespace, name = '' } = event.object.metadata ?? {};
  const before = findObject(world, { resource: resourceOf(event.object), ...given({ namespace }), name });
  if (before === undefined) return [];
  return validateUpdate(before, event.object, server).filter(({ severity }) => severity === 'error');
}
