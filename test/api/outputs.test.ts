import fc from 'fast-check';
import { fillOutputs, findOutputs, inputsOf, isInsideReference, isOutputName, outputsNeeded, outputText } from '../../src/api/outputs';
import { expandCommand } from '../../src/local/container-environment';

const rows = outputText({ name: 'extract', output: 'rows' });

interface Filled {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: { readonly template: { readonly spec: { readonly containers: ReadonlyArray<{ readonly args: readonly string[] }> } } };
}

function job(args: readonly string[], more: { readonly env?: readonly object[]; readonly annotations?: object } = {}): object {
  const { env = [], annotations = {} } = more;
  const template = { metadata: { annotations }, spec: { containers: [{ name: 'main', image: 'i', args, env }] } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'load' }, spec: { template } };
}

test('an output is a text that names a Job, its namespace where it is another one, and the output', () => {
  expect(rows).toBe('<cdk8s-jobs:output/extract/rows>');
  expect(outputText({ namespace: 'media', name: 'extract', output: 'rows' })).toBe('<cdk8s-jobs:output/media/extract/rows>');
  expect(['rows', '_x', 'a.b-c', '', '1st', 'a b', 'a=b'].map(isOutputName)).toEqual([true, true, true, false, false, false, false]);
});

test('outputs are found where they stand, each name once', () => {
  const manifest = job([`--rows=${rows}`, `${rows}/<cdk8s-jobs:output/media/fetch/url>`], { env: [{ name: 'ROWS', value: rows }], annotations: { 'example.com/rows': rows } });
  expect(findOutputs(manifest).map(({ path, isFilledIn }) => [path.toString(), isFilledIn])).toEqual([
    ['spec.template.metadata.annotations[example.com/rows]', true],
    ['spec.template.spec.containers[0].args[0]', true],
    ['spec.template.spec.containers[0].args[1]', true],
    ['spec.template.spec.containers[0].env[0].value', true],
  ]);
  expect(outputsNeeded(manifest)).toEqual([{ name: 'extract', output: 'rows' }, { namespace: 'media', name: 'fetch', output: 'url' }]);
});

test.each<[string, object, boolean]>([
  ['the image', { spec: { template: { spec: { containers: [{ image: rows }] } } } }, false],
  ['a label of a pod', { spec: { template: { metadata: { labels: { a: rows } } } } }, false],
  ['the name of a variable', { spec: { template: { spec: { containers: [{ env: [{ name: rows }] }] } } } }, false],
  ['a command of an init container', { spec: { template: { spec: { initContainers: [{ command: ['sh', '-c', rows] }] } } } }, true],
  ['an annotation of the Job', { metadata: { annotations: { 'a.b/c': rows } } }, true],
  ['an argument of a CronJob', { kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: { containers: [{ args: [rows] }] } } } } } }, true],
  ['an annotation of the Jobs of a CronJob', { kind: 'CronJob', spec: { jobTemplate: { metadata: { annotations: { a: rows } } } } }, true],
])('%s is a place for an output or not', (_, manifest, isFilledIn) => {
  expect(findOutputs({ apiVersion: 'batch/v1', kind: 'Job', ...manifest }).map((place) => place.isFilledIn)).toEqual([isFilledIn]);
});

test.each([
  ['a name that no Job can have', '<cdk8s-jobs:output/Extract/rows>'], ['no output', '<cdk8s-jobs:output/extract>'], ['no end', '<cdk8s-jobs:output/extract/rows'],
])('what looks like an output with %s is malformed', (_, text) => {
  expect(findOutputs(job([text]))[0]).toMatchObject({ names: [], malformed: [expect.any(String)] });
});

test.each<[string, string, boolean]>([
  ['in a reference', `$(${rows})`, true], ['behind a reference', `$(A)${rows}`, false], ['behind an escaped one', `$$(${rows}`, false], ['alone', rows, false],
])('an output %s', (_, text, isInside) => {
  expect(isInsideReference(text)).toBe(isInside);
});

test('what is filled in is told by an annotation, and what is not known stays', () => {
  const filled = fillOutputs(job([`${rows} ${rows}`, '<cdk8s-jobs:output/other/x>']), new Map([['extract/rows', '10']])) as Filled;
  expect(filled.spec.template.spec.containers[0]?.args).toEqual(['10 10', '<cdk8s-jobs:output/other/x>']);
  expect(filled.metadata.annotations).toEqual({ 'cdk8s-jobs/inputs': '{"extract/rows":"10"}' });
  expect([...inputsOf(filled)]).toEqual([['extract/rows', '10']]);
  expect([...inputsOf({ metadata: { annotations: { 'cdk8s-jobs/inputs': '{' } } })]).toEqual([]);
});

test.each<[string, string, string]>([
  ['$(HOME)', rows, '$$(HOME)'], ['a$b', rows, 'a$$b'], ['$$', rows, '$$$$'], ['(HOME)', `$${rows}`, '$$(HOME)'], ['(HOME)', `$$${rows}`, '$$(HOME)'], ['x', `$(A)${rows}`, '$(A)x'],
])('the value %s in an argument is data', (value, text, expected) => {
  const filled = fillOutputs(job([text], { annotations: { a: rows } }), new Map([['extract/rows', value]])) as Filled;
  expect(filled.spec.template.spec.containers[0]?.args).toEqual([expected]);
  expect(filled).toMatchObject({ spec: { template: { metadata: { annotations: { a: value } } } } });
});

test('whatever the value is, and whatever stands around it, the container gets the value as it is', () => {
  const around = fc.string({ unit: fc.constantFrom('$', 'a', ' ', ')'), maxLength: 4 });
  const anyValue = fc.string({ unit: fc.constantFrom('$', '(', ')', 'A', 'B', '"', '\\', '&'), maxLength: 8 });
  fc.assert(fc.property(around, anyValue, around, (before, value, after) => {
    const filled = fillOutputs(job([`${before}${rows}${after}`]), new Map([['extract/rows', value]])) as Filled;
    const expand = (text: string): string => expandCommand([text], { A: 'WRONG', AB: 'WRONG' })[0] ?? '';
    // A dollar in front keeps being one, as it would in front of a letter.
    const literal = expand(`${before}x`).slice(0, -1);
    expect(expand(filled.spec.template.spec.containers[0]?.args[0] ?? '')).toBe(`${literal}${value}${expand(`x${after}`).slice(1)}`);
  }));
});
