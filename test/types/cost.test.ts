import { compile } from './compile';

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

const pod = (index: number): string => `restartPolicy: 'Never', containers: [{ name: 'main-${index}', image: 'app:${index}', command: ['run'] }]`;
const rich = (index: number): string => `restartPolicy: 'Never', containers: [{ name: 'main-${index}', image: 'busybox:${index}', command: ['run'],
  env: [{ name: 'INDEX', value: '${index}' }], resources: { limits: { cpu: '${index}m', memory: '${index}Mi' } } }]`;
const named = (index: number): string => `metadata: { name: 'job-${index}' }, backoffLimit: ${index}, ttlSecondsAfterFinished: ${index}`;
const contained = (fields: string) => (index: number): string =>
  `new jobs.NonParallelJob(chart, 'a${index}', { restartPolicy: 'Never', containers: [{ name: 'main-${index}', image: 'app', ${fields.replaceAll('N', String(index))} }] });`;

test.each<readonly [most: number, name: string, write: (index: number) => string]>([
  [42, 'NonParallelJob', (index) => `new jobs.NonParallelJob(chart, 'a${index}', { metadata: { name: 'job-${index}' }, ${pod(index)} });`],
  [43, 'FixedCompletionJob', (index) => `new jobs.FixedCompletionJob(chart, 'a${index}', { completions: ${index}, ${pod(index)} });`],
  [46, 'IndexedJob', (index) => `new jobs.IndexedJob(chart, 'a${index}', { completions: ${index}, ${pod(index)} });`],
  [43, 'WorkQueueJob', (index) => `new jobs.WorkQueueJob(chart, 'a${index}', { parallelism: ${index}, ${pod(index)} });`],
  [49, 'ScheduledJob', (index) => `new jobs.ScheduledJob(chart, 'a${index}', { schedule: '${index} ${index} * * *', job: { ${pod(index)} } });`],
  [51, 'NonParallelJob with resources', (index) => `new jobs.NonParallelJob(chart, 'a${index}', { ${named(index)}, ${rich(index)} });`],
  [60, 'IndexedJob with resources', (index) =>
    `new jobs.IndexedJob(chart, 'a${index}', { ${named(index)}, completions: 9, backoffLimitPerIndex: ${index}, ${rich(index)} });`],
  [74, 'ScheduledJob of an Indexed Job with resources', (index) => `new jobs.ScheduledJob(chart, 'a${index}', { metadata: { name: 'job-${index}' },
    schedule: '*/${index + 1} ${index}-${index + 1} * * MON-FRI', job: { type: 'Indexed', completions: ${index}, ${rich(index)} } });`],
  [46, 'Job with a failure policy', (index) => `new jobs.NonParallelJob(chart, 'a${index}', { ${pod(index)}, podFailurePolicy: { rules: [
    { action: 'FailJob', onExitCodes: { operator: 'In', values: [${index}] } }, { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] } });`],
  [45, 'Job with ports, a user and a probe', contained("ports: [{ containerPort: N }], securityContext: { runAsUser: N }, livenessProbe: { httpGet: { port: N, scheme: 'HTTP' }, periodSeconds: N }")],
  [50, 'Job with a volume', (index) => `new jobs.NonParallelJob(chart, 'a${index}', { restartPolicy: 'Never', volumes: [{ name: 'v${index}', emptyDir: {} }],
    containers: [{ name: 'main-${index}', image: 'app', volumeMounts: [{ name: 'v${index}', mountPath: '/x' }] }] });`],
])('at most %i instantiations for one more %s', (most, _, write) => {
  const each = (instantiations(write, 12) - instantiations(write, 2)) / 10;
  expect(each).toBeGreaterThan(0);
  expect(each).toBeLessThanOrEqual(most);
});

test.each<readonly [most: number, name: string, write: (index: number) => string]>([
  [293, 'NonParallelJob', (index) => `new jobs.NonParallelJob(chart, 'a', { metadata: { name: 'job-${index}' }, ${pod(index)} });`],
  [289, 'IndexedJob', (index) => `new jobs.IndexedJob(chart, 'a', { completions: 3, ${pod(index)} });`],
  [360, 'ScheduledJob', (index) => `new jobs.ScheduledJob(chart, 'a', { schedule: '7 7 * * *', job: { ${pod(index)} } });`],
])('at most %i instantiations for the first %s of a program, declarations not checked again', (most, _, write) => {
  expect(instantiations(write, 1) - instantiations(write, 0)).toBeLessThanOrEqual(most);
});
