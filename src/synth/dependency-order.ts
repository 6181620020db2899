import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { chartAround, type ConstructTree, constructsIn } from './construct-tree';

/** What comes before a construct: lists of constructs, in the order in which they are looked at. Many objects share a list. */
type Before = ReadonlyArray<readonly IConstruct[]>;

/**
 * The order in which cdk8s writes constructs: what something depends on before it, and else as they were made.
 *
 * A dependency of one scope on another is one of each object in it on each object in the other. cdk8s adds all of them, and walks every way
 * through them; here objects share the lists of what they wait for, and each construct is visited once.
 */
export class DependencyOrder {
  /** What each object waits for because a scope around it, or itself, does. */
  private readonly groups = new Map<IConstruct, Array<readonly IConstruct[]>>();
  private readonly objectsIn = new Map<IConstruct, readonly IConstruct[]>();

  public constructor(private readonly tree: ConstructTree) {
    for (const [source, targets] of tree.dependencies) {
      const lists = targets.map((target) => this.objectsOf(target));
      for (const object of this.objectsOf(source)) this.groups.set(object, [...this.groups.get(object) ?? [], ...lists]);
    }
  }

  /** Puts constructs in order; only dependencies between them count. Undefined where they go in a circle. */
  public sort(constructs: readonly IConstruct[]): readonly IConstruct[] | undefined {
    if (this.tree.dependencies.size === 0) return constructs;
    const states = new Map<IConstruct, State>(constructs.map((construct) => [construct, 'new']));
    if (!this.hasDependencies(constructs, states)) return constructs;
    const sorted: IConstruct[] = [];
    const awaited = this.awaitedIn(constructs);
    const settled = new Set<readonly IConstruct[]>();
    for (const construct of constructs) {
      if (awaited.has(construct) || states.get(construct) !== 'new') continue;
      if (!visit(construct, (one) => this.before(one), states, settled, sorted)) return undefined;
    }
    // What no visit reaches waits in a circle.
    return sorted.length < constructs.length ? undefined : sorted;
  }

  private hasDependencies(constructs: readonly IConstruct[], states: ReadonlyMap<IConstruct, State>): boolean {
    const { dependencies } = this.tree;
    return constructs.some((construct) => dependencies.get(construct)?.some((target) => states.has(target)));
  }

  private before(construct: IConstruct): Before {
    return [this.tree.dependencies.get(construct) ?? [], ...this.groups.get(construct) ?? []];
  }

  /** The constructs that others wait for. */
  private awaitedIn(constructs: readonly IConstruct[]): ReadonlySet<IConstruct> {
    const awaited = new Set<IConstruct>();
    for (const source of constructs) {
      for (const target of this.tree.dependencies.get(source) ?? []) {
        awaited.add(target);
        const sources = this.objectsOf(source);
        for (const object of this.objectsOf(target)) if (sources.some((other) => other !== object)) awaited.add(object);
      }
    }
    return awaited;
  }

  /** The objects that are in a construct, and in the same chart. */
  private objectsOf(construct: IConstruct): readonly IConstruct[] {
    const known = this.objectsIn.get(construct);
    if (known !== undefined) return known;
    const chart = chartAround(this.tree, construct);
    const objects = constructsIn(this.tree, construct).filter((one) => ApiObject.isApiObject(one) && one.chart === chart);
    this.objectsIn.set(construct, objects);
    return objects;
  }
}

type State = 'new' | 'open' | 'done';

/** A construct whose predecessors are being visited, and how far that is. */
interface Visit {
  readonly construct: IConstruct;
  readonly before: Before;
  list: number;
  position: number;
}

/** Visits what comes before a construct, and then itself; without recursion, for chains may be long. Returns false in a circle. */
function visit(
  start: IConstruct, before: (construct: IConstruct) => Before, states: Map<IConstruct, State>,
  settled: Set<readonly IConstruct[]>, sorted: IConstruct[],
): boolean {
  const open: Visit[] = [];
  const enter = (construct: IConstruct): void => {
    states.set(construct, 'open');
    open.push({ construct, before: before(construct), list: 0, position: 0 });
  };
  enter(start);
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    const { construct } = current;
    const list = current.before[current.list];
    if (list === undefined) {
      states.set(construct, 'done');
      sorted.push(construct);
      open.pop();
      continue;
    }
    const next = settled.has(list) ? undefined : list[current.position];
    if (next === undefined) {
      if (!settled.has(list) && !list.includes(construct)) settled.add(list);
      current.list += 1;
      current.position = 0;
      continue;
    }
    current.position += 1;
    const state = states.get(next);
    // An object does not wait for itself because a scope around it does; by its own dependency it would.
    if (state === 'open' && (next !== construct || current.list === 0)) return false;
    if (state === 'new') enter(next);
  }
  return true;
}
