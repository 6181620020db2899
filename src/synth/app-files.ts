import { ApiObject, type App, Chart, Names, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { constructsIn } from './construct-tree';
import { DependencyOrder } from './dependency-order';
import { isKnownChart } from './known-app';
import type { LinkedTree } from './link-charts';
import { CheckedObject } from '../constructs/checked-object';

/** A file of manifests. */
interface AppFile {
  /** Its path in the app's output folder, with `/`. */
  readonly path: string;
  readonly documents: readonly unknown[];
}

/** What is written for an app. */
interface AppOutput {
  /** Folders that are there even when they stay empty. */
  readonly folders: readonly string[];
  readonly files: readonly AppFile[];
}

/** A chart with the objects that are written for it, in order. */
export interface ChartContent {
  readonly chart: Chart;
  readonly objects: readonly ApiObject[];
}

/** The charts of an app with their objects, in the order of cdk8s; undefined where dependencies go in a circle. */
export function orderedCharts(tree: LinkedTree): readonly ChartContent[] | undefined {
  const order = new DependencyOrder(tree);
  const sorted = order.sort(byPath(tree.constructs));
  if (sorted === undefined) return undefined;
  const charts = sorted.filter((construct) => Chart.isChart(construct));
  const contents: ChartContent[] = [];
  for (const chart of charts) {
    const own = order.sort(constructsIn(tree, chart));
    if (own === undefined) return undefined;
    contents.push({ chart, objects: own.filter((one): one is ApiObject => ApiObject.isApiObject(one) && one.chart === chart) });
  }
  return contents;
}

/** An id by which JavaScript sorts the fields of an object: they come first, whenever they were added. */
const arrayIndex = /^(?:0|[1-9][0-9]{0,9})$/;
const largestIndex = 2 ** 32 - 2;

/** cdk8s keeps constructs as fields of an object, by their path: those with a number for it come first. */
function byPath(constructs: readonly IConstruct[]): readonly IConstruct[] {
  const [root] = constructs;
  const isNumbered = ({ node: { scope, id } }: IConstruct): boolean => scope === root && arrayIndex.test(id) && Number(id) <= largestIndex;
  if (root?.node.children.some(isNumbered) !== true) return constructs;
  return [...constructs.filter(isNumbered), ...constructs.filter((construct) => !isNumbered(construct))];
}

/** The manifests of a chart, as `chart.toJson()` gives them. */
export function documentsOf({ chart, objects }: ChartContent): readonly unknown[] {
  return isKnownChart(chart) ? objects.map(manifestOf) : Object.values(chart.toJson() as readonly unknown[]);
}

/** The manifest of an object, to be written and not to be changed. */
function manifestOf(object: ApiObject): unknown {
  const isOurs = object.toJson === CheckedObject.prototype.toJson;
  return isOurs ? (object as CheckedObject).renderToWrite() : object.toJson();
}

/**
 * What cdk8s would write for an app, in its order: a later file replaces an earlier one of the same path.
 *
 * @throws what rendering an object throws
 */
export function outputOf(app: App, contents: readonly ChartContent[], { hasDependantCharts }: LinkedTree): AppOutput {
  const end = app.outputFileExtension;
  const names = contents.map(({ chart }, position) => (hasDependantCharts ? `${String(position).padStart(4, '0')}-` : '') + Names.toDnsLabel(chart));
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP:
      return { folders: [], files: contents.length === 0 ? [] : [{ path: `app${end}`, documents: contents.flatMap(documentsOf) }] };
    case YamlOutputType.FILE_PER_CHART:
      return { folders: [], files: contents.map((content, position) => ({ path: `${names[position]}${end}`, documents: documentsOf(content) })) };
    case YamlOutputType.FILE_PER_RESOURCE: {
      const documents = contents.flatMap(documentsOf).filter((document) => document !== undefined);
      return { folders: [], files: documents.map((document) => ({ path: objectFile(document as Named) + end, documents: [document] })) };
    }
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE: {
      const files = contents.flatMap(({ objects }, position) => objects.map((object) => (
        { path: `${names[position]}/${objectFile(object)}${end}`, documents: [manifestOf(object)] }
      )));
      return { folders: names, files };
    }
    default:
      return { folders: [], files: [] };
  }
}

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name?: string };
}

function objectFile({ kind, metadata }: Named): string {
  return `${kind}.${metadata.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}
