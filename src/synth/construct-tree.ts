import { type App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { dependenciesOf } from '../constructs/render/read-dependencies';

/** An app's constructs as one walk finds them, parents before children. */
export interface ConstructTree {
  readonly constructs: readonly IConstruct[];
  readonly charts: readonly Chart[];
  /** The nearest chart around each construct, which may be the construct itself; missing above all charts. */
  readonly chartOf: ReadonlyMap<IConstruct, Chart>;
  /** Where the constructs that are in another one, and itself, stand in {@link constructs}; the end is not included. */
  readonly rangeOf: ReadonlyMap<IConstruct, readonly [first: number, end: number]>;
  /** What each construct depends on; only those that depend on something. */
  readonly dependencies: ReadonlyMap<IConstruct, readonly IConstruct[]>;
}

/** Reads the tree of an app as it is now. */
export function readTree(app: App): ConstructTree {
  const constructs: IConstruct[] = [];
  const charts: Chart[] = [];
  const chartOf = new Map<IConstruct, Chart>();
  const rangeOf = new Map<IConstruct, readonly [number, number]>();
  const dependencies = new Map<IConstruct, readonly IConstruct[]>();
  const visit = (construct: IConstruct, outer: Chart | undefined): void => {
    const chart = Chart.isChart(construct) ? construct : outer;
    const first = constructs.push(construct) - 1;
    if (chart !== undefined) chartOf.set(construct, chart);
    if (chart === construct) charts.push(chart);
    const targets = dependenciesOf(construct);
    if (targets.length > 0) dependencies.set(construct, targets);
    for (const child of construct.node.children) visit(child, chart);
    rangeOf.set(construct, [first, constructs.length]);
  };
  visit(app, undefined);
  return { constructs, charts, chartOf, rangeOf, dependencies };
}

/** The constructs that are in another one, and itself. */
export function constructsIn({ constructs, rangeOf }: ConstructTree, construct: IConstruct): readonly IConstruct[] {
  return constructs.slice(...rangeOf.get(construct) ?? [0, 0]);
}
