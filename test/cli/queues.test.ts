/** Queues that are played on this machine. */
import { runMain } from './run-main';
import { makeFolder, type TemporaryFolder } from './temporary-folder';
import { simulate } from '../../src/testing/simulate';

const job = (name: string, cpu: number, command = '"true"'): string => `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}, labels: {kueue.x-k8s.io/queue-name: team}}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: c, image: i, command: [${command}], resources: {requests: {cpu: ${cpu}}}}]
`;

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({ 'two.yaml': `${job('one', 2, 'sleep, "1"')}---\n${job('two', 2)}`, 'large.yaml': job('large', 4), 'small.yaml': job('small', 1) });
});
afterAll(() => folder.remove());

test('run --local lets Jobs wait for each other\'s room, and says so', async () => {
  const { status, stderr } = await runMain(['run', 'two.yaml', '--local', '--queue', 'team=cpu:3'], { cwd: folder.path });
  expect(status).toBe(0);
  expect(stderr).toMatch(/Job two: Queued: waits in queue team: .*insufficient unused quota for cpu in flavor default, 1 more needed/);
  expect(stderr).toMatch(/two +admitted by queue team/);
});

test('run --local gives a Job up that is larger than its queue', async () => {
  const { status, stderr } = await runMain(['run', 'large.yaml', '--local', '--queue', 'team=cpu:3', '--timeout', '30'], { cwd: folder.path });
  expect(status).toBe(126);
  expect(stderr).toContain('Queue team can never give what the Job asks for');
});

test('without --queue a Job that names a queue starts at once on this machine', async () => {
  const { status, stderr } = await runMain(['run', 'small.yaml', '--local'], { cwd: folder.path });
  expect(status).toBe(0);
  expect(stderr).not.toContain('waits in queue');
});

test('simulate tells why a Job waits, and when it is admitted', async () => {
  const { status, stdout } = await runMain(['simulate', 'two.yaml', '--queue', 'team=cpu:3'], { cwd: folder.path });
  expect(status).toBe(0);
  expect(stdout).toContain('job two waits in its queue: couldn\'t assign flavors to pod set main: insufficient unused quota for cpu in flavor default, 1 more needed');
  expect(stdout).toMatch(/2s +job two Started: Admitted by clusterQueue team/);
});

test.each([
  [['--queue', 'team'], 'Cannot use --queue team'],
  [['--queue', 'team=cpu'], 'Cannot use --queue team=cpu'],
  [['--queue', 'team=cpu:1,cpu:2'], 'Cannot use --queue team=cpu:1,cpu:2'],
  [['--queue', 'Team=cpu:1'], 'Cannot use --queue Team=cpu:1'],
  [['--queue', 'team=cpu:four'], 'Cannot use queue team: cpu "four" is no quantity, as in 4, 500m or 8Gi'],
  [['--queue', 'team=cpu:1', '--queue', 'team=cpu:2'], 'Cannot use --queue team twice'],
  [['--queue-priority', 'high=most'], 'Cannot use --queue-priority high=most'],
])('%j is refused', async (flags, message) => {
  const { status, stderr } = await runMain(['simulate', 'small.yaml', ...flags], { cwd: folder.path });
  expect(status).toBe(125);
  expect(stderr).toContain(message);
});

const queued = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'a', labels: { 'kueue.x-k8s.io/queue-name': 'team', 'kueue.x-k8s.io/priority-class': 'high' } },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x', resources: { requests: { cpu: '2' } } }] } } },
};

test.each<[string, string[], string | undefined]>([
  ['is told of a class that nobody has named', ['--queue', 'team=cpu:2'], 'warning: no --queue-priority names the class high: a waits for ever, as on a cluster without it: add --queue-priority high=1000'],
  ['is not told of one that is named', ['--queue', 'team=cpu:2', '--queue-priority', 'high=10'], undefined],
  ['is not told where no queue is played', [], undefined],
])('who tries a queue %s', async (_, flags, expected) => {
  const files = makeFolder({ 'job.json': JSON.stringify(queued) });
  const { stderr } = await runMain(['simulate', 'job.json', ...flags], { cwd: files.path });
  expect(stderr.split('\n').find((line) => line.startsWith('warning'))).toBe(expected);
  files.remove();
});

test('run says so too, before it waits, and of a schedule as well', async () => {
  const { metadata, spec } = queued;
  const nightly = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'n' }, spec: { schedule: '@daily', jobTemplate: { metadata: { labels: metadata.labels }, spec } } };
  const files = makeFolder({ 'jobs.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [queued, nightly] }) });
  const { status, stderr } = await runMain(['run', '--local', '--once', '--image-command', 'x=true', 'jobs.json', '--queue', 'team=cpu:2', '--timeout', '1'], { cwd: files.path });
  expect([status, stderr]).toEqual([124, expect.stringContaining('warning: no --queue-priority names the class high: a, n waits for ever')]);
  files.remove();
});

test('a simulation takes queues as options', () => {
  const options = { queues: { team: { cpu: '1' } }, queuePriorities: { high: 10 } };
  expect(simulate(queued, {}, options)).toMatchObject({ condition: 'Suspended', queued: [{ at: 0, job: 'a', message: expect.stringContaining('> maximum capacity (1)') }] });
  expect(simulate(queued, {}, { ...options, queues: { team: { cpu: '2' } } })).toMatchObject({ condition: 'Complete' });
  expect(simulate(queued, {}, { ...options, queues: { team: { cpu: '2' } } })).not.toHaveProperty('queued');
});

test.each<[object, string]>([
  [{ queues: { team: { cpu: 'four' } } }, 'options.queues[team]: Invalid value: '],
  [{ queues: { team: 'cpu' } }, 'options.queues[team]: Invalid value: "cpu": expected an object'],
  [{ queuePriorities: { high: 1.5 } }, 'options.queuePriorities[high]: Invalid value: 1.5'],
])('a simulation with %j is refused', (options, message) => {
  expect(() => simulate(queued, {}, options)).toThrow(message);
});
