import { type App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { dependenciesOf } from '../constructs/render/read-dependencies';

/** An app's constructs as one walk finds them, parents before children; what is known of each stands at its position. */
export interface ConstructTree {
  readonly constructs: readonly IConstruct[];
  readonly charts: readonly Chart[];
  /** The nearest chart around each construct, which may be the construct itself; undefined above all charts. */
  readonly chartAt: ReadonlyArray<Chart | undefined>;
  /** Where the constructs end that are in each construct: those from its own position on. */
  readonly endAt: readonly number[];
  /** What each construct depends on; only those that depend on something. */
  readonly dependencies: ReadonlyMap<IConstruct, readonly IConstruct[]>;
  /** The position of a construct; undefined for one that is not in the tree. */
  positionOf(construct: IConstruct): number | undefined;
}

/** Reads the tree of an app as it is now. */
export function readTree(app: App): ConstructTree {
  const constructs: IConstruct[] = [];
  const charts: Chart[] = [];
  const chartAt: Array<Chart | undefined> = [];
  const endAt: number[] = [];
  const dependencies = new Map<IConstruct, readonly IConstruct[]>();
  const visit = (construct: IConstruct, outer: Chart | undefined): void => {
    const chart = Chart.isChart(construct) ? construct : outer;
    const position = constructs.push(construct) - 1;
    chartAt.push(chart);
    endAt.push(0);
    if (chart === construct) charts.push(chart);
    const targets = dependenciesOf(construct);
    if (targets.length > 0) dependencies.set(construct, targets);
    for (const child of construct.node.children) visit(child, chart);
    endAt[position] = constructs.length;
  };
  visit(app, undefined);
  return { constructs, charts, chartAt, endAt, dependencies, positionOf: positionsIn(constructs) };
}

/** Most apps only ask for their charts, some for many constructs: they are counted when one is asked for. */
function positionsIn(constructs: readonly IConstruct[]): ConstructTree['positionOf'] {
  let positions: ReadonlyMap<IConstruct, number> | undefined;
  return (construct) => {
    positions ??= new Map(constructs.map((one, position) => [one, position]));
    return positions.get(construct);
  };
}

/** The constructs that are in another one, and itself. */
export function constructsIn({ constructs, endAt, positionOf }: ConstructTree, construct: IConstruct): readonly IConstruct[] {
  const position = positionOf(construct);
  return position === undefined ? [] : constructs.slice(position, endAt[position]);
}

/** The nearest chart around a construct of the tree, which may be the construct itself. */
export function chartAround({ chartAt, positionOf }: ConstructTree, construct: IConstruct): Chart | undefined {
  const position = positionOf(construct);
  return position === undefined ? undefined : chartAt[position];
}
