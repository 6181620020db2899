import { hash } from 'node:crypto';
import { ApiObject, App, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { rememberedFor } from '../../core/remembered';

/**
 * The name that cdk8s makes for an object from its path, several times as fast: for paths of plain words, which need no shortening.
 *
 * Undefined where it is not sure; cdk8s then names the object.
 *
 * @param scope the construct that the object will be in.
 */
export function generatedName(scope: Construct, id: string, kind: string): string | undefined {
  isKnown ??= namesAlike();
  return isKnown ? nameIn(scope, id, kind) : undefined;
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

/** What the scope of many objects gives to their names; undefined where an id is no plain word. */
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

function nameIn(scope: Construct, id: string, kind: string): string | undefined {
  const start = startOf(scope);
  if (start?.isUsual !== true) return undefined;
  const { path, name } = start;
  if (name.length + id.length + 1 + hashLength > (longest[kind] ?? 63)) return undefined;
  return `${name}c8${hash('sha1', `${path}${id}\n`).slice(0, hashLength - 2)}`;
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
  const scopes = [new Construct(chart, 'job'), new Construct(new Construct(new Chart(chart, 'in-chart'), 'a1'), 'b')];
  return scopes.every((scope) => {
    const name = nameIn(scope, 'Resource', 'Job');
    return name !== undefined && new ApiObject(scope, 'Resource', { apiVersion: 'batch/v1', kind: 'Job' }).name === name;
  });
}
