import { runMain } from './run-main';
import { makeFolder, type TemporaryFolder } from './temporary-folder';

const job = (name: string, spec: string): string => `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}}
spec:
  ${spec}
  template:
    spec:
      restartPolicy: Never
      containers: [{name: c, image: i}]
`;

const cronJob = (name: string, spec: string): string => `apiVersion: batch/v1
kind: CronJob
metadata: {name: ${name}}
spec:
  ${spec}
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}
`;

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({
    'job.yaml': job('etl', 'backoffLimit: 1'),
    'two.yaml': `${job('one', 'parallelism: 1')}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\n${job('two', 'parallelism: 1')}`,
    'order.yaml': `${job('load, annotations: {cdk8s-jobs/after: extract}', 'backoffLimit: 0')}---\n${job('extract', 'backoffLimit: 0')}---\n${job('report', 'backoffLimit: 0')}`,
    'circle.yaml': job('a, annotations: {cdk8s-jobs/after: a}', 'backoffLimit: 0'),
    'extract-fails.yaml': '{default: {after: 90, exit: 0}, byJob: {extract: {default: {after: 1, exit: 3}}}}',
    'nightly.yaml': cronJob('nightly', 'schedule: "30 2 * * *"'),
    'replace.yaml': cronJob('repl', 'schedule: "* * * * *"\n  concurrencyPolicy: Replace'),
    'never.yaml': cronJob('never', 'schedule: "0 0 30 2 *"'),
    'slow.yaml': '{default: {after: 90, exit: 0}}',
    'refused.yaml': job('etl', 'backoffLimit: -1'),
    'same.yaml': '{apiVersion: batch/v1, kind: Job, metadata: {name: one}}\n---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: one}\n',
    'config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n',
    'fails.yaml': '{default: {after: 2, exit: 3}}',
    'story.yaml': 'script: {default: {hang: true}}\nactions: [{at: 5, op: suspend}]\nuntil: 60\n',
    'wrong.yaml': 'byOrdr: []\ndefault: {after: x, exit: 300}\nbyIndex: {0: []}\n',
    'wrong-story.yaml': 'script: {default: {hang: true}}\nactions:\n- {at: 5, op: suspnd}\nuntil: soon\n',
    'twice.yaml': 'default: {after: 1}\ndefault: {after: 2}\n',
    'several.yaml': 'default: {after: 1}\n---\ndefault: {after: 2}\n',
    'nothing.yaml': '# nothing\n',
    'typed.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: 12}\n',
    'list.yaml': `apiVersion: v1\nkind: List\nitems:\n- ${job('etl', 'backoffLimit: -1\n  paralelism: 2').trimEnd().replaceAll('\n', '\n  ')}\n`,
  });
});
afterAll(() => folder.remove());

async function simulate(...args: readonly string[]): ReturnType<typeof runMain> {
  return runMain(['simulate', ...args], { cwd: folder.path });
}

test('a Job whose pods exit with 0 completes', async () => {
  const { status, stdout, stderr } = await simulate('job.yaml');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^ *0s {2}job etl created\n/);
  expect(stdout).toMatch(/\netl: Complete after \S+s /);
});

test('a CronJob is shown for its first three runs, with times of day, and each of its Jobs has a verdict', async () => {
  const { status, stdout } = await simulate('nightly.yaml');
  expect(status).toBe(0);
  expect(stdout.split('\n').filter((line) => line.endsWith(' created') && line.includes('  job '))).toEqual([
    '2026-01-01T02:30:00Z  job nightly-29453910 created',
    '2026-01-02T02:30:00Z  job nightly-29455350 created',
    '2026-01-03T02:30:00Z  job nightly-29456790 created',
  ]);
  expect(stdout.split('\n\n')[1]?.split('\n')).toEqual([
    expect.stringMatching(/^nightly-29453910: Complete after 2s /),
    expect.stringMatching(/^nightly-29455350: Complete after 2s /),
    expect.stringMatching(/^nightly-29456790: Complete after 2s /),
    '',
  ]);
});

test('a Job that Replace deleted has not completed', async () => {
  const { stdout } = await simulate('replace.yaml', '--script', 'slow.yaml', '--until', '200', '--start-at', '2026-01-01T00:00:10Z');
  expect(stdout.split('\n\n')[1]?.split('\n')).toEqual([
    'repl-29453761: deleted at 2026-01-01T00:02:00Z, before it ended',
    'repl-29453762: deleted at 2026-01-01T00:03:00Z, before it ended',
    'repl-29453763: still running',
    '',
  ]);
});

test('a schedule that never fires makes no Job', async () => {
  expect((await simulate('never.yaml')).stdout).toMatch(/InvalidSchedule: .*\n\nno job was created in this time\n$/);
});

test('a script decides what the pods do', async () => {
  const { status, stdout } = await simulate('job.yaml', '--script', 'fails.yaml');
  expect(status).toBe(0);
  expect(stdout).toContain(' ended with exit code 3\n');
  expect(stdout).toMatch(/\netl: Failed after \S+s \(BackoffLimitExceeded/);
});

test('a story has actions too', async () => {
  const { stdout } = await simulate('job.yaml', '--script', 'story.yaml');
  expect(stdout).toContain('job etl Suspended');
  expect(stdout).toMatch(/\netl: Suspended/);
});

test('virtual time begins where it is told, in UTC without an offset', async () => {
  const trace = async (time: string): Promise<string> => (await simulate('job.yaml', '-o', 'json', '--start-at', time)).stdout;
  expect(await trace('2027-03-28T01:00')).toContain('"2027-03-28T01:00:02Z"');
  expect(await trace('2027-03-28T01:00')).toBe(await trace('2027-03-28T02:00:00+01:00'));
});

test('JSON is the trace, and the same seed gives the same trace', async () => {
  const [one, other] = [await simulate('job.yaml', '-o', 'json', '--seed', '7'), await simulate('job.yaml', '-o', 'json', '--seed', '7')];
  expect(JSON.parse(one.stdout)).toMatchObject({ condition: 'Complete', seed: 7 });
  expect(other.stdout).toBe(one.stdout);
});

test.each<[what: string, flags: readonly string[], status: number, said: string]>([
  ['its feature gates', ['--feature-gates', 'GenericWorkload=true,WorkloadWithJob=true'], 2, 'must not be greater than parallelism (1)'],
  ['its version', ['--kubernetes-version', '1.36'], 2, 'it is new in Kubernetes 1.37'],
  ['nothing', [], 0, ''],
])('the API server is told by %s', async (_, flags, expected, said) => {
  const input = job('gang', 'scheduling: {schedulingPolicy: {gang: {minCount: 2}}}');
  const { status, stderr } = await runMain(['simulate', '-', ...flags], { input });
  expect(status).toBe(expected);
  expect(stderr).toContain(said);
});

test('several Jobs run on one clock in their order, and each has its line at the end', async () => {
  const { status, stdout } = await simulate('order.yaml', '--script', 'extract-fails.yaml');
  expect(status).toBe(0);
  expect(stdout.split('\n\n')[1]?.split('\n')).toEqual([
    expect.stringMatching(/^extract: Failed after 2s \(BackoffLimitExceeded/),
    expect.stringMatching(/^report: Complete after 91s /),
    'load: not started: extract failed',
    '',
  ]);
});

test('the order of several Jobs is a finding when it is impossible', async () => {
  const { status, stderr } = await simulate('circle.yaml');
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'error: circle.yaml:3:53: metadata.annotations[cdk8s-jobs/after]: Invalid value: "a": a Job cannot wait for itself\n',
  });
});

test('one of several Jobs is chosen by name, and waits for nobody', async () => {
  expect((await simulate('order.yaml', '--name', 'load')).stdout).toMatch(/^ *0s {2}job load created\n/);
  expect((await simulate('two.yaml', '--name', 'two')).stdout).toContain('job two created');
});

test('a manifest that would be refused does not run', async () => {
  const { status, stdout, stderr } = await simulate('refused.yaml');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe('error: refused.yaml:5:17: spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0\n');
});

test('what refuses a manifest is shown with its place, in the order of the text', async () => {
  const { stderr } = await simulate('list.yaml');
  expect(stderr.split('\n')).toEqual([
    'error: list.yaml:8:19: items[0].spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0',
    'error: list.yaml:9:5: items[0].spec.paralelism: Unknown field: did you mean parallelism?',
    '',
  ]);
});

test.each([
  ['a script', 'wrong.yaml', [
    'Cannot use the script wrong.yaml:',
    '  wrong.yaml:1:1: byOrdr: Unknown field: did you mean byOrder?',
    '  wrong.yaml:2:18: default.after: Cannot decode: "x": expected a number of seconds, 0 or more',
    '  wrong.yaml:2:27: default.exit: Invalid value: 300: expected an exit code, a whole number from 0 to 255',
    '  wrong.yaml:3:14: byIndex[0]: Invalid value: "0": the pods have no index: the Job is not Indexed; use byOrder or default',
  ]],
  ['a story', 'wrong-story.yaml', [
    'Cannot use the script wrong-story.yaml:',
    '  wrong-story.yaml:3:15: actions[0].op: Unsupported value: "suspnd": did you mean suspend?',
    '  wrong-story.yaml:4:8: until: Cannot decode: "soon": expected a number of virtual seconds, 0 or more',
  ]],
])('all that is wrong with %s is told at once, with its place', async (_, file, lines) => {
  const { status, stdout, stderr } = await simulate('job.yaml', '--script', file);
  expect({ status, stdout, stderr }).toEqual({ status: 125, stdout: '', stderr: `error: ${lines.join('\n')}\n` });
});

test.each([
  ['a name of none', ['two.yaml', '--name', 'three'], 'Cannot find three: there are one, two', ''],
  ['a missing manifest', ['missing.yaml'], 'Cannot read missing.yaml', ''],
  ['a field of a script that is written twice', ['job.yaml', '--script', 'twice.yaml'], 'twice.yaml:2:10: default: Duplicate value', ''],
  ['a script of two documents', ['job.yaml', '--script', 'several.yaml'], 'Cannot read the script several.yaml:3: a script is one document', ''],
  ['an empty script', ['job.yaml', '--script', 'nothing.yaml'], 'Cannot read the script nothing.yaml: it is empty', 'such as {"default"'],
  ['a time that is none', ['job.yaml', '--start-at', 'noon'], 'Cannot read the time "noon"', 'write 2027-03-27'],
  ['a day that no calendar has', ['job.yaml', '--start-at', '2027-02-30'], '2027-02 has days 1 to 28', ''],
  ['seconds that are none', ['job.yaml', '--until', '-1'], 'expected a number of seconds', ''],
])('%s is wrong usage', async (_, args, message, hint) => {
  const { status, stdout, stderr } = await simulate(...args);
  expect({ status, stdout }).toEqual({ status: 125, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
});

test.each([
  ['no Job at all', ['config.yaml'], 'Cannot find a Job or a CronJob of batch in config.yaml'],
  ['a manifest that kubectl refuses', ['typed.yaml'], 'Cannot find a Job or a CronJob of batch in typed.yaml:\n  typed.yaml:3:18: metadata.name: json: cannot unmarshal number'],
  ['the same name twice', ['same.yaml', '--name', 'one'], 'Cannot simulate both: same.yaml:5:18: Job "one" is already defined at same.yaml:1:52'],
])('%s is said of the manifest, as validate does', async (_, args, message) => {
  const { status, stdout, stderr } = await simulate(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});
