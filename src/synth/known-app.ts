import { App, Chart } from 'cdk8s';
import { recordsConstructs } from '../constructs/render/app-settings';
import { writesAlike } from '../constructs/render/yaml-writer';

/** The members of cdk8s's `App` that the short cuts of this folder were written for, as versions 2.70.0 to 2.70.106 have them. */
const known: readonly string[] = ['constructor', 'charts', 'synth', 'synthYaml', 'writeConstructMetadata'];

/** Whether an app can be written by this folder: nothing of how cdk8s orders it was replaced. */
export function isKnownApp(app: App): boolean {
  for (let type: unknown = app; type !== App.prototype; type = Object.getPrototypeOf(type)) {
    if (typeof type !== 'object' || type === null || Object.hasOwn(type, 'charts')) return false;
  }
  return recordsConstructs(app) !== undefined && hasKnownMembers() && writesAlike();
}

/** Whether a chart is rendered as cdk8s does it. One of another copy of cdk8s, or of a class with a `toJson` of its own, is not. */
export function isKnownChart(chart: Chart): boolean {
  return chart.toJson === Chart.prototype.toJson;
}

function hasKnownMembers(): boolean {
  const names = Object.getOwnPropertyNames(App.prototype);
  return names.length === known.length && known.every((name) => names.includes(name));
}
