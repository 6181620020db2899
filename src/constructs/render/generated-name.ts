import { hash } from 'node:crypto';
import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';

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

function nameIn(scope: Construct, id: string, kind: string): string | undefined {
  let chart: Chart | undefined;
  let path = id;
  let name = '';
  let last = '';
  for (let at: Construct | undefined = scope; at !== undefined; at = at.node.scope as Construct | undefined) {
    const { node } = at;
    if (chart === undefined && Chart.isChart(at)) chart = at as Chart;
    path = `${node.id}\n${path}`;
    if (node.id === '') continue;
    if (node.id === last || !words.test(node.id)) return undefined;
    last = node.id;
    name = `${last}-${name}`;
  }
  const isLong = name.length + id.length + 1 + hashLength > (longest[kind] ?? 63);
  if (chart === undefined || isLong || !namesAsUsual(chart)) return undefined;
  return `${name}c8${hash('sha1', `${path}\n`).slice(0, hashLength - 2)}`;
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
