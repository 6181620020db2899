import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import ts from 'typescript';
import type { Mistake } from './mistake';
import { type Route, routes, writeSnippet } from './snippets';
import { type Finding, formatFinding } from '../../src/core/finding';
import * as jobs from '../../src/index';
import { validateManifest } from '../../src/rules/validate-manifest';
import { readManifests } from '../../src/yaml/read-manifests';
import { compile, diagnose } from '../../test/types/compile';

/**
 * When a mistake is noticed.
 *
 * | stage | meaning |
 * |---|---|
 * | `compile`, `construct`, `synth` | refused there |
 * | `prevented` | cannot be made: what comes out is right |
 * | `server` | written without a word, and refused by the API server, or by kubectl before it |
 * | `wrong` | written without a word, taken by the API server, and goes wrong |
 * | `no field` | the field does not exist there |
 */
export type Stage = 'compile' | 'construct' | 'synth' | 'prevented' | 'server' | 'wrong' | 'no field';

/** How one way of making a mistake ends. */
export interface Outcome {
  readonly stage: Stage;
  /** What is said: by the compiler, by the exception, by the API server, or by our advice. */
  readonly said: readonly string[];
}

/** One mistake in all ways. */
export interface Judged {
  readonly mistake: Mistake;
  readonly outcomes: Readonly<Record<Route, Outcome>>;
}

/** Makes every mistake in every way: compiles all programs at once, then runs those that compile. */
export function judge(mistakes: readonly Mistake[]): readonly Judged[] {
  const snippets = new Map<string, string>();
  for (const mistake of mistakes) {
    for (const route of routes) {
      const text = writeSnippet(mistake, route);
      if (text !== undefined) snippets.set(fileName(mistake, route), text);
    }
  }
  const program = compile([], Object.fromEntries(snippets));
  const outcomeOf = (mistake: Mistake, route: Route): Outcome => {
    const name = fileName(mistake, route);
    const text = snippets.get(name);
    if (text === undefined) return { stage: mistake.plus === 'prevented' ? 'prevented' : 'no field', said: [] };
    const said = diagnose(program, name).map(({ message }) => message);
    return said.length > 0 ? { stage: 'compile', said } : run(text);
  };
  return mistakes.map((mistake) => ({
    mistake,
    outcomes: Object.fromEntries(routes.map((route) => [route, outcomeOf(mistake, route)])) as Record<Route, Outcome>,
  }));
}

function fileName({ id }: Mistake, route: Route): string {
  return `mistake-${id}-${route}.ts`;
}

const runOptions: ts.CompilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };

/** Runs a program with a chart of its own, writes it as YAML, and asks what the API server says of that. */
function run(text: string): Outcome {
  const chart = cdk8s.Testing.chart();
  try {
    const { outputText: script } = ts.transpileModule(text, { compilerOptions: runOptions });
    const modules: Readonly<Record<string, unknown>> = { cdk8s, 'cdk8s-plus-28': kplus, 'cdk8s-jobs': jobs };
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the program is our own
    new Function('require', 'chart', 'exports', script)((name: string) => modules[name], chart, {});
  } catch (error) {
    return { stage: 'construct', said: [messageOf(error)] };
  }
  let yaml: string;
  try {
    yaml = cdk8s.Yaml.stringify(...(cdk8s.Testing.synth(chart) as unknown[]));
  } catch (error) {
    return { stage: 'synth', said: messageOf(error).split('\n').slice(1).map((line) => line.replace(/^\s*\[[^\]]*\] /, '')) };
  }
  try {
    return inspect(readManifests(yaml).map(({ value }) => value));
  } catch (error) {
    return { stage: 'server', said: [`kubectl cannot read the file: ${messageOf(error)}`] };
  }
}

function inspect(manifests: readonly unknown[]): Outcome {
  const findings = manifests.flatMap((manifest) => validateManifest(manifest));
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { stage: 'server', said: errors.map(formatFinding) };
  const rest = [...findings.map(withWeight), ...findTwins(manifests)];
  return rest.length > 0 ? { stage: 'wrong', said: rest } : { stage: 'prevented', said: [] };
}

function withWeight(finding: Finding): string {
  return `${finding.severity}: ${formatFinding(finding)}`;
}

/** Objects of one kind, namespace and name: the last one that is applied is what remains. */
function findTwins(manifests: readonly unknown[]): readonly string[] {
  const names = manifests.map((manifest) => {
    const { kind, metadata } = manifest as { readonly kind: string; readonly metadata: Readonly<Record<string, string>> };
    return `${kind} ${metadata.namespace ?? ''}/${metadata.name ?? metadata.generateName}`;
  });
  return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `two objects are called ${name}: the last one remains`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
