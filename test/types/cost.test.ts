import { compile } from './compile';

/** The most instantiations that one more use of a construct may cost. */
const budget = 150;

/** The instantiations of a program with `uses` constructs; each has its own names, since equal literals are checked once. */
function instantiations(write: (index: number) => string, uses: number): number {
  const text = [
    "import { Chart } from 'cdk8s';",
    "import * as jobs from 'cdk8s-jobs';",
    'declare const chart: Chart;',
    ...Array.from({ length: uses }, (_, index) => write(index)),
  ].join('\n');
  const program = compile([], { 'uses.ts': text });
  const file = program.getSourceFiles().find(({ fileName }) => fileName.endsWith('uses.ts'));
  expect(program.getSemanticDiagnostics(file)).toEqual([]);
  return program.getInstantiationCount();
}

const pod = (index: number): string => `restartPolicy: 'Never', containers: [{ name: 'main-${index}', image: 'busybox:${index}', command: ['run'],
  env: [{ name: 'INDEX', value: '${index}' }], resources: { limits: { cpu: '${index}m', memory: '${index}Mi' } } }]`;
const named = (index: number): string => `metadata: { name: 'job-${index}' }, backoffLimit: ${index}, ttlSecondsAfterFinished: ${index}`;

test.each<readonly [string, (index: number) => string]>([
  ['NonParallelJob', (index) => `new jobs.NonParallelJob(chart, 'a${index}', { ${named(index)}, ${pod(index)} });`],
  ['FixedCompletionJob', (index) => `new jobs.FixedCompletionJob(chart, 'a${index}', { ${named(index)}, completions: ${index}, ${pod(index)} });`],
  ['IndexedJob', (index) => `new jobs.IndexedJob(chart, 'a${index}', { ${named(index)}, completions: 9, backoffLimitPerIndex: ${index}, ${pod(index)} });`],
  ['WorkQueueJob', (index) => `new jobs.WorkQueueJob(chart, 'a${index}', { ${named(index)}, parallelism: ${index}, ${pod(index)} });`],
  ['ScheduledJob', (index) => `new jobs.ScheduledJob(chart, 'a${index}', { metadata: { name: 'job-${index}' },
    schedule: '${index} ${index} * * *', job: { ${pod(index)} } });`],
  ['ScheduledJob of an Indexed Job', (index) => `new jobs.ScheduledJob(chart, 'a${index}', { metadata: { name: 'job-${index}' },
    schedule: '*/${index + 1} ${index}-${index + 1} * * MON-FRI', job: { type: 'Indexed', completions: ${index}, ${pod(index)} } });`],
])(`one more %s costs at most ${budget} instantiations`, (_, write) => {
  const each = (instantiations(write, 12) - instantiations(write, 2)) / 10;
  expect(each).toBeGreaterThan(0);
  expect(each).toBeLessThanOrEqual(budget);
});
