import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { dependencyGraph } from './dependencies';
import { noteChange } from './render/changes';
import { annotationsWritten } from './render/rendered-annotations';
import { intentionsFor } from './scope-intentions';
import { argoCdAnnotations, readArgoCdMarks, toWave } from '../api/gitops';
import { isJob } from '../api/kinds';
import { formatFinding } from '../core/finding';
import { type Ordered, wavesOf } from '../gitops/waves';
import type { Delivery } from '../rules/gitops/delivery';

const { syncWave } = argoCdAnnotations;

/** The apps whose objects get waves. */
const kept = new WeakSet<IConstruct>();
/** The waves that were written here, and not by hand. */
const written = new WeakMap<ApiObject, number>();

/** What Argo CD applies in the waves of an app. */
const deliveries = new WeakMap<IConstruct, Delivery>();
let changed = 0;

/** How often the waves of an app have changed: what is wrong with one of its objects may be something else then. */
export function changesOfWaves(): number {
  return changed;
}

/** How Argo CD applies an object in the waves that were written into its app; undefined where there are none. */
export function deliveryInWaves(object: ApiObject): Delivery | undefined {
  return isOrdered(object) ? deliveries.get(object.node.root) : undefined;
}

/** Writes the order of an app into its objects, as waves of Argo CD, whenever it is validated: that comes before it is written. */
export function keepWaves({ node: { root } }: IConstruct): void {
  if (kept.has(root)) return;
  kept.add(root);
  root.node.addValidation({ validate: () => writeWaves(root) });
}

/** Writes the waves of all objects that are to have one. Returns where the order cannot be kept. */
function writeWaves(root: IConstruct): string[] {
  const [objects, order] = orderOf(root);
  const { waves, contradictions } = wavesOf(order);
  for (const [position, object] of objects.entries()) {
    const wave = waves[position];
    if (wave === undefined || written.get(object) === wave || order[position]?.written !== undefined) continue;
    written.set(object, wave);
    object.metadata.addAnnotation(syncWave, String(wave));
  }
  noteDelivery(root, { dependents: [], otherResources: objects.length, lastWave: lastWaveOf(order, waves) });
  return contradictions.map(({ position, before, isPhase }) => {
    const [path, earlier] = [position, before].map((index) => pathOf(objects[index]));
    const message = isPhase
      ? `${path} depends on ${earlier}, which is applied in a later phase of the sync: leave out the dependency, or one of the hooks`
      : `${path} depends on ${earlier}, and its wave was written by hand: it must be later`;
    const field = `metadata.annotations[${isPhase ? argoCdAnnotations.hook : syncWave}]`;
    return formatFinding({ rule: 'gitops-order', field, type: 'Invalid', message, severity: 'error' });
  });
}

function noteDelivery(root: IConstruct, delivery: Delivery): void {
  const last = deliveries.get(root);
  if (last !== undefined && last.otherResources === delivery.otherResources && last.lastWave === delivery.lastWave) return;
  changed += 1;
  noteChange();
  deliveries.set(root, delivery);
}

/** The last wave; infinite where hooks after the rollout wait for all of it. */
function lastWaveOf(order: readonly Ordered[], waves: ReadonlyArray<number | undefined>): number {
  return Math.max(...order.map(({ phase }, position) => (phase === 0 ? waves[position] ?? 0 : phase * Infinity)));
}

/** The path of the construct that the user made. */
function pathOf(object: ApiObject | undefined): string {
  const { id, path, scope } = object?.node ?? {};
  return (id === 'Resource' ? scope?.node.path : path) ?? '';
}

function isOrdered(object: ApiObject): boolean {
  return intentionsFor(object).get('argocd')?.order === 'dependencies';
}

/** The objects that are to have waves, and each with those that it waits for. */
function orderOf(root: IConstruct): [objects: ApiObject[], order: Ordered[]] {
  const graph = dependencyGraph(root);
  const chosen = [...graph.objects.keys()].filter((index) => isOrdered(graph.objects[index] as ApiObject));
  const positions = new Map(chosen.map((index, position) => [index, position]));
  const objects = chosen.map((index) => graph.objects[index] as ApiObject);
  const order = objects.map((object, position): Ordered => {
    const annotations = annotationsWritten(object);
    const wave = toWave(annotations[syncWave]);
    return {
      isJob: isJob(object),
      before: (graph.before[chosen[position] ?? -1] ?? []).flatMap((index) => positions.get(index) ?? []),
      phase: phaseOf(annotations),
      written: wave === written.get(object) ? undefined : wave,
    };
  });
  return [objects, order];
}

function phaseOf(annotations: object): number {
  const { isHook, phases } = readArgoCdMarks({ metadata: { annotations } });
  return !isHook || phases.includes('Sync') ? 0 : phases.includes('PreSync') ? -1 : 1;
}
