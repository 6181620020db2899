import { hash } from 'node:crypto';
import { ApiObject, App, Chart, type GroupVersionKind } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { rememberedFor } from '../../core/remembered';

/** The id that cdk8s-plus-28 gives to the object of a construct. */
const objectId = 'Resource';

/**
 * The name that cdk8s makes from the path of an object which is about to be made: the one that a construct of cdk8s-plus-28 would get,
 * whose object is called `Resource` and is in it.
 *
 * @param scope the construct that the object will be in.
 * @throws Error as cdk8s does, where there is no chart or something of this id already.
 */
export function generatedName(scope: Construct, id: string, type: GroupVersionKind): string {
  isKnown ??= namesAlike();
  return (isKnown ? nameIn(scope, id, type.kind) : undefined) ?? askedName(scope, id, type);
}

/** The name that the chart says, asked with an object that is taken out again. */
function askedName(scope: Construct, id: string, type: GroupVersionKind): string {
  const construct = new Construct(scope, id);
  try {
    return new ApiObject(construct, objectId, type).name;
  } finally {
    scope.node.tryRemoveChild(construct.node.id);
  }
}

let isKnown: boolean | undefined;

/** The names of these are shorter than those of other kinds: their Jobs get longer ones. */
const longest: Readonly<Record<string, number>> = { CronJob: 52 };
/** The words of a name, without those that cdk8s leaves out. */
const words = /^(?!(?:.*-)?(?:resource|default)(?:-|$))[a-z0-9]+(?:-[a-z0-9]+)*$/;
const hashLength = 8;

/** What a construct and those around it give to the names of objects in it. */
interface Start {
  /** Whether there is a chart around them, and the nearest one names objects as usual. */
  readonly isUsual: boolean;
  /** Their ids, from the root on, each on a line. */
  readonly path: string;
  /** Their ids with dashes, and the last of them. */
  readonly name: string;
  readonly last: string;
}

const none: Start = { isUsual: false, path: '', name: '', last: '' };

/** What the scope of objects gives to their names; undefined where an id is no plain word. */
const startIn = rememberedFor((scope: IConstruct) => startOf(scope));

function startOf(construct: IConstruct): Start | undefined {
  const { id, scope } = construct.node;
  const outer = scope === undefined ? none : startIn(scope);
  if (outer === undefined) return undefined;
  const isUsual = Chart.isChart(construct) ? namesAsUsual(construct) : outer.isUsual;
  const path = `${outer.path}${id}\n`;
  if (id === '') return { ...outer, isUsual, path };
  return id === outer.last || !words.test(id) ? undefined : { isUsual, path, name: `${outer.name}${id}-`, last: id };
}

/** The same, several times as fast: for paths of plain words, which need no shortening. Undefined where it is not sure. */
function nameIn(scope: Construct, id: string, kind: string): string | undefined {
  const start = startIn(scope);
  if (start?.isUsual !== true || id === start.last || !words.test(id)) return undefined;
  const { path, name } = start;
  if (name.length + id.length + objectId.length + 2 + hashLength > (longest[kind] ?? 63)) return undefined;
  return `${name}${id}-c8${hash('sha1', `${path}${id}\n${objectId}\n`).slice(0, hashLength - 2)}`;
}

/** Whether a chart names its objects in cdk8s's own way. */
function namesAsUsual(chart: Chart): boolean {
  const { _disableResourceNameHashes: isWithoutHash } = chart as unknown as { readonly _disableResourceNameHashes?: unknown };
  // eslint-disable-next-line no-restricted-syntax -- cdk8s's own switch, read where cdk8s reads it.
  return chart.generateObjectName === Chart.prototype.generateObjectName && isWithoutHash === false && !process.env.CDK8S_LEGACY_HASH;
}

/** Tries it on objects of its own, one of them far below its chart. */
function namesAlike(): boolean {
  const chart = new Chart(new App(), 'chart');
  const type = { apiVersion: 'batch/v1', kind: 'Job' };
  return [chart, new Construct(new Chart(chart, 'in-chart'), 'a1')].every((scope) => nameIn(scope, 'job', type.kind) === askedName(scope, 'job', type));
}
