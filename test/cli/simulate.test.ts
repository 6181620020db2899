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

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({
    'job.yaml': job('etl', 'backoffLimit: 1'),
    'two.yaml': `${job('one', 'parallelism: 1')}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\n${job('two', 'parallelism: 1')}`,
    'refused.yaml': job('etl', 'backoffLimit: -1'),
    'config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n',
    'fails.yaml': '{default: {after: 2, exit: 3}}',
    'story.yaml': 'script: {default: {hang: true}}\nactions: [{at: 5, op: suspend}]\nuntil: 60\n',
    'wrong.yaml': 'byOrdr: []\n',
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

test('JSON is the trace, and the same seed gives the same trace', async () => {
  const [one, other] = [await simulate('job.yaml', '-o', 'json', '--seed', '7'), await simulate('job.yaml', '-o', 'json', '--seed', '7')];
  expect(JSON.parse(one.stdout)).toMatchObject({ condition: 'Complete', seed: 7 });
  expect(other.stdout).toBe(one.stdout);
});

test('one of several Jobs is chosen by name', async () => {
  expect((await simulate('two.yaml', '--name', 'two')).stdout).toContain('job two created');
});

test('a manifest that would be refused does not run', async () => {
  const { status, stdout, stderr } = await simulate('refused.yaml');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('error: refused.yaml: spec.backoffLimit: Invalid value: -1');
});

test.each([
  ['several Jobs without a name', ['two.yaml'], 'Cannot choose between several Jobs', 'choose one with --name: one, two'],
  ['a name of none', ['two.yaml', '--name', 'three'], 'Cannot find three: there are one, two', ''],
  ['no Job at all', ['config.yaml'], 'Cannot find a Job or a CronJob in config.yaml', ''],
  ['a missing manifest', ['missing.yaml'], 'Cannot read missing.yaml', ''],
  ['an unknown field of a script', ['job.yaml', '--script', 'wrong.yaml'], 'a script has no field byOrdr', 'its fields are default, byIndex'],
  ['a time that is none', ['job.yaml', '--start-at', 'noon'], 'expected a time such as', ''],
  ['seconds that are none', ['job.yaml', '--until', '-1'], 'expected a number of seconds', ''],
])('%s is wrong usage', async (_, args, message, hint) => {
  const { status, stdout, stderr } = await simulate(...args);
  expect({ status, stdout }).toEqual({ status: 125, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
});
