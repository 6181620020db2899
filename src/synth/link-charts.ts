import { type App, Chart } from 'cdk8s';
import { chartAround, type ConstructTree, readTree } from './construct-tree';

/** A tree whose charts depend on each other as what is in them does. */
export interface LinkedTree extends ConstructTree {
  /** Whether there is a chart that depends on another one: the files of charts are then numbered. */
  readonly hasDependantCharts: boolean;
}

/**
 * Lets charts depend on the charts in them, and on those that something in them depends on, as cdk8s does before it writes.
 *
 * The dependencies are added to the constructs, where cdk8s adds them too. Undefined, with nothing added, for a dependency on or of what is
 * in no chart of the app.
 */
export function linkCharts(app: App, tree: ConstructTree): LinkedTree | undefined {
  const { charts, dependencies } = tree;
  const outer = charts.filter(({ node: { scope } }) => Chart.isChart(scope));
  if (dependencies.size === 0 && outer.length === 0) return { ...tree, hasDependantCharts: false };
  for (const [source, targets] of dependencies) {
    if ([source, ...targets].some((construct) => chartAround(tree, construct) === undefined)) return undefined;
  }
  for (const chart of charts) for (const child of chart.node.children) if (Chart.isChart(child)) chart.node.addDependency(child);
  let hasDependantCharts = outer.length > 0;
  for (const [source, targets] of readTree(app).dependencies) {
    const chart = chartAround(tree, source);
    for (const target of targets) {
      const other = chartAround(tree, target);
      if (other === undefined || other === chart) continue;
      chart?.node.addDependency(other);
      hasDependantCharts = true;
    }
  }
  return { ...readTree(app), hasDependantCharts };
}
