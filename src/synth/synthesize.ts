import { mkdirSync } from 'node:fs';
import { App, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type ChartContent, documentsOf, orderedCharts, outputOf } from './app-files';
import { readTree } from './construct-tree';
import { isKnownApp } from './known-app';
import { linkCharts, type LinkedTree } from './link-charts';
import { writeWhole } from './write-file';
import { recordsConstructs } from '../constructs/render/app-settings';
import { newYamlWriter } from '../constructs/render/yaml-writer';
import { takeNotices } from '../constructs/scope-server';

/** What cdk8s does by itself; taken before anything can replace it. */
const original = { synth: App.prototype.synth, synthYaml: App.prototype.synthYaml };

/**
 * Writes the manifests of an app as `app.synth()` of cdk8s does: the same files with the same bytes, or the same error. What cdk8s does
 * for each chart is done once, and a file is replaced only by a whole one.
 *
 * It is called in place of `app.synth()`; with the `App` of this package `app.synth()` does the same. What it does not know well enough (a
 * newer cdk8s, dependencies that go in a circle) it leaves to cdk8s.
 *
 * @throws Error what validation has found, or why an object cannot be rendered
 * @throws InvalidManifestError for a Job that was changed after it was validated
 */
export function synthesize(app: App): void {
  for (const notice of takeNotices()) process.emitWarning(notice);
  if (!isKnownApp(app)) return original.synth.call(app);
  mkdirSync(app.outdir, { recursive: true });
  const before = app.node.findAll();
  validate(before);
  const tree = readTree(app);
  const linked = tree.constructs.length === before.length ? linkCharts(app, tree) : undefined;
  const charts = linked === undefined ? undefined : orderedCharts(linked);
  if (linked === undefined || charts === undefined) return original.synth.call(app);
  // cdk8s asks again for each chart, now that charts know what they depend on.
  if (charts.length > 0 && app.yamlOutputType !== YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE) validate(linked.constructs);
  write(app, charts, linked);
}

/** The manifests of an app as one text, as `app.synthYaml()` of cdk8s gives it. See {@link synthesize}. */
export function synthesizeYaml(app: App): string {
  const linked = isKnownApp(app) ? linkCharts(app, readTree(app)) : undefined;
  if (linked === undefined) return original.synthYaml.call(app);
  validate(linked.constructs);
  const tree = readTree(app);
  const charts = tree.constructs.length === linked.constructs.length ? orderedCharts({ ...linked, ...tree }) : undefined;
  return charts === undefined ? original.synthYaml.call(app) : newYamlWriter()(charts.flatMap(documentsOf));
}

function validate(constructs: readonly IConstruct[]): void {
  const errors: string[] = [];
  for (const { node } of constructs) for (const error of node.validate()) errors.push(`[${node.path}] ${error}`);
  if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
}

function write(app: App, charts: readonly ChartContent[], linked: LinkedTree): void {
  const { folders, files } = outputOf(app, charts, linked);
  const { outdir } = app;
  for (const folder of folders) mkdirSync(`${outdir}/${folder}`, { recursive: true });
  const toYaml = newYamlWriter();
  for (const { path, documents } of files) writeWhole(`${outdir}/${path}`, toYaml(documents));
  if (recordsConstructs(app) !== true) return;
  const resources = Object.fromEntries(charts.flatMap(({ objects }) => objects).map(({ name, node }) => [name, { path: node.path }]));
  writeWhole(`${outdir}/construct-metadata.json`, JSON.stringify({ version: '1.0.0', resources }));
}
