import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { intentionsFor } from './scope-intentions';
import { argoCdAnnotations, annotationsOf, readArgoCdMarks, toWave } from '../api/gitops';
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
  const objects = root.node.findAll().filter((construct) => ApiObject.isApiObject(construct)).filter(isOrdered);
  const order = orderOf(root, objects);
  const { waves, contradictions } = wavesOf(order);
  for (const [position, object] of objects.entries()) {
    const wave = waves[position];
    if (wave === undefined || written.get(object) === wave || order[position]?.written !== undefined) continue;
    written.set(object, wave);
    object.metadata.addAnnotation(syncWave, String(wave));
  }
  deliveries.set(root, { dependents: [], otherResources: objects.length, lastWave: lastWaveOf(order, waves) });
  return contradictions.map(({ position, before, isPhase }) => {
    const [path, earlier] = [position, before].map((index) => pathOf(objects[index]));
    const message = isPhase
      ? `${path} depends on ${earlier}, which is applied in a later phase of the sync: leave out the dependency, or one of the hooks`
      : `${path} depends on ${earlier}, and its wave was written by hand: it must be later`;
    const field = `metadata.annotations[${isPhase ? argoCdAnnotations.hook : syncWave}]`;
    return formatFinding({ rule: 'gitops-order', field, type: 'Invalid', message, severity: 'error' });
  });
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

/** The objects, each with those that cdk8s writes before it. */
function orderOf(root: IConstruct, objects: readonly ApiObject[]): Ordered[] {
  const positions = new Map<IConstruct, number>(objects.map((object, position) => [object, position]));
  const positionsIn = ({ node }: IConstruct): number[] => node.findAll().flatMap((construct) => positions.get(construct) ?? []);
  const before = objects.map(() => new Set<number>());
  for (const [source, target] of dependenciesOf(root)) {
    const earlier = positionsIn(target);
    for (const position of positionsIn(source)) {
      for (const other of earlier) if (other !== position) before[position]?.add(other);
    }
  }
  return objects.map((object, position) => {
    const manifest = tryRender(object);
    const wave = toWave(annotationsOf(manifest)[syncWave]);
    return {
      isJob: isJob(object),
      before: [...before[position] ?? []],
      phase: phaseOf(manifest),
      written: wave === written.get(object) ? undefined : wave,
    };
  });
}

type Dependency = readonly [source: IConstruct, target: IConstruct];

/**
 * The dependencies of an app, with those that cdk8s adds when it writes it: a chart comes after the charts in it, and after every chart on
 * which something in it depends. It may have added them already.
 */
function dependenciesOf(root: IConstruct): Dependency[] {
  const all = root.node.findAll();
  const charts = all.filter((construct) => Chart.isChart(construct));
  const direct = all.flatMap((source) => source.node.dependencies.map((target): Dependency => [source, target]));
  const nested = charts.flatMap((inner): Dependency[] => {
    const { scope } = inner.node;
    return Chart.isChart(scope) ? [[scope, inner]] : [];
  });
  const across = direct.flatMap(([source, target]): Dependency[] => {
    const [from, to] = [chartOf(source), chartOf(target)];
    return from === undefined || to === undefined || from === to ? [] : [[from, to]];
  });
  return [...direct, ...nested, ...across];
}

function chartOf(construct: IConstruct): IConstruct | undefined {
  return construct.node.scopes.reverse().find((scope) => Chart.isChart(scope));
}

function phaseOf(manifest: unknown): number {
  const { isHook, phases } = readArgoCdMarks(manifest);
  return !isHook || phases.includes('Sync') ? 0 : phases.includes('PreSync') ? -1 : 1;
}

/** The manifest of an object; undefined for one that cannot be rendered, which its own validation says. */
function tryRender(object: ApiObject): unknown {
  try {
    return object.toJson();
  } catch {
    return undefined;
  }
}
