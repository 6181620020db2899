import { ApiObject, Chart } from 'cdk8s';
import { Dependable, type IConstruct, type IDependable } from 'constructs';
import { additionsTo } from './render/additions';
import { dependenciesOf } from './render/read-dependencies';
import type { Before } from '../core/graph';

/** The objects of an app, and what they wait for. */
export interface DependencyGraph {
  /** Every object, in the order of the tree. */
  readonly objects: readonly ApiObject[];
  /** The positions of those that each object waits for. */
  readonly before: Before;
  /** What was told to wait for a construct of another app. */
  readonly abroad: readonly Dependency[];
}

/** A graph with what it was made from. */
interface KnownGraph {
  readonly graph: DependencyGraph;
  readonly constructs: readonly IConstruct[];
  /** How often something had been added to the tree, if that can be told. */
  readonly additions: number | undefined;
  /** How many dependencies the constructs had. */
  readonly count: number;
  readonly objects: readonly ApiObject[];
  readonly dependencies: readonly Dependency[];
}

const known = new WeakMap<IConstruct, KnownGraph>();

/**
 * What the objects of an app wait for, as the dependencies of constructs say it: an object waits for all objects in what it, or a scope
 * around it, depends on, but never for itself. As cdk8s has it, a chart waits for every other chart on which something in it depends.
 *
 * It is read off the tree at each call; as long as that has not changed, the same graph comes back.
 *
 * @param construct any construct of the app.
 */
export function dependencyGraph({ node: { root } }: IConstruct): DependencyGraph {
  const last = known.get(root);
  // cdk8s asks once for each chart: a tree to which nothing was added is not walked again.
  const additions = additionsTo(root);
  const constructs = last !== undefined && additions !== undefined && last.additions === additions ? last.constructs : root.node.findAll();
  const count = constructs.reduce((sum, construct) => sum + dependenciesOf(construct).length, 0);
  // Dependencies are only ever added: as many as before are the same ones.
  if (last?.count === count && (last.constructs === constructs || isSame(last.constructs, constructs))) return last.graph;
  const objects = constructs.filter((construct) => ApiObject.isApiObject(construct));
  const direct = count === 0 ? [] : constructs.flatMap(meantDependenciesOf);
  const dependencies = [...direct, ...direct.flatMap(betweenCharts)];
  const isUnchanged = last !== undefined && isSame(last.objects, objects) && isSame(last.dependencies.flat(), dependencies.flat());
  const abroad = direct.filter(([, target]) => target.node.root !== root);
  const graph = isUnchanged ? last.graph : { objects, before: positionsBefore(objects, dependencies), abroad };
  known.set(root, { graph, constructs, additions, count, objects, dependencies });
  return graph;
}

/** A construct, and another one that it depends on. */
export type Dependency = readonly [source: IConstruct, target: IConstruct];

/** What objects were told to wait for, beside what cdk8s adds to them. */
const meant = new WeakMap<IConstruct, IDependable[]>();

/** Notes that an object was told to wait for others, wherever they are. */
export function noteMeant(source: IConstruct, targets: readonly IDependable[]): void {
  const told = meant.get(source);
  if (told === undefined) meant.set(source, [...targets]);
  else told.push(...targets);
  // cdk8s may have added the same dependencies before: there are no more of them then.
  known.delete(source.node.root);
}

/**
 * What a construct depends on, without what cdk8s adds because one chart is in another one: it writes the inner chart first, for whatever
 * reason it is there, and nobody meant that as an order.
 */
function meantDependenciesOf(source: IConstruct): Dependency[] {
  const targets = dependenciesOf(source);
  if (targets.length === 0) return [];
  const told = new Set(meant.get(source)?.flatMap((each) => Dependable.of(each).dependencyRoots));
  return targets.filter((target) => told.has(target) || !isNesting(source, target)).map((target) => [source, target]);
}

/** Whether it is a dependency on a chart that is in this one, or one of an object on an object of such a chart: cdk8s adds both. */
function isNesting(source: IConstruct, target: IConstruct): boolean {
  const areCharts = Chart.isChart(source) && Chart.isChart(target);
  if (!areCharts && !(ApiObject.isApiObject(source) && ApiObject.isApiObject(target))) return false;
  const inner = chartOf(target);
  return inner !== undefined && inner.node.scope === chartOf(source);
}

/** The dependency of one chart on another that follows from one of what is in them; cdk8s adds it too. */
function betweenCharts([source, target]: Dependency): Dependency[] {
  const [from, to] = [chartOf(source), chartOf(target)];
  return from === undefined || to === undefined || isWithin(to, from) || isWithin(from, to) ? [] : [[from, to]];
}

function positionsBefore(objects: readonly ApiObject[], dependencies: readonly Dependency[]): Before {
  if (dependencies.length === 0) return objects.map(() => []);
  const positions = new Map<IConstruct, number>(objects.map((object, position) => [object, position]));
  const positionsIn = ({ node }: IConstruct): number[] => node.findAll().flatMap((construct) => positions.get(construct) ?? []);
  const before = objects.map(() => new Set<number>());
  for (const [source, target] of new Set(dependencies)) {
    const earlier = new Set(positionsIn(target));
    const isInner = target !== source && isWithin(target, source);
    for (const position of positionsIn(source)) {
      if (isInner && earlier.has(position)) continue;
      for (const other of earlier) if (other !== position) before[position]?.add(other);
    }
  }
  return before.map((set) => [...set]);
}

function chartOf({ node: { scopes } }: IConstruct): IConstruct | undefined {
  return scopes.reverse().find((scope) => Chart.isChart(scope));
}

/** Whether a construct is another one, or in it. */
function isWithin(construct: IConstruct, scope: IConstruct): boolean {
  return construct.node.scopes.includes(scope);
}

function isSame<Item>(one: readonly Item[], other: readonly Item[]): boolean {
  return one.length === other.length && one.every((item, position) => item === other[position]);
}
