import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from '../run-main';
import { makeFolder, type TemporaryFolder } from '../temporary-folder';

const job = (name: string, spec = '', container = 'command: [touch, STARTED]'): string => `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}}
spec:
  backoffLimit: 0
${spec}  template:
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: busybox
        ${container}
`;
const waiting = (name: string, after: string): string =>
  job(name).replace(`{name: ${name}}`, `\n  name: ${name}\n  annotations: {cdk8s-jobs/after: ${after}}`);
const cronJob = 'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: hourly}\nspec: {schedule: "0 * * * *"}\n';
const jobSet = 'apiVersion: jobset.x-k8s.io/v1alpha2\nkind: JobSet\nmetadata: {name: train}\nspec: {replicatedJobs: []}\n';
const peers = `apiVersion: batch/v1
kind: Job
metadata: {name: ring}
spec:
  completionMode: Indexed
  completions: 2
  parallelism: 2
  template:
    metadata: {labels: {cdk8s-jobs/peers: ring}}
    spec:
      restartPolicy: Never
      subdomain: ring
      containers:
      - name: main
        image: busybox
        command: [sh, -c, 'echo "$JOB_PEERS"']
        env:
        - {name: JOB_NAME, valueFrom: {fieldRef: {fieldPath: "metadata.labels['batch.kubernetes.io/job-name']"}}}
        - {name: JOB_PEERS, value: "$(JOB_NAME)-0.ring,$(JOB_NAME)-1.ring"}
`;
const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n';

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({
    'good.yaml': job('one'),
    'unknown.yaml': job('one', '  completionz: 3\n'),
    'types.yaml': job('one', '  completions: three\n'),
    'second.yaml': `${job('one')}---\n${job('two', '  completions: -1\n  parallelism: -1\n')}`,
    'list.yaml': `apiVersion: v1\nkind: List\nitems:\n- ${job('one', '  completions: -1\n').trimEnd().replaceAll('\n', '\n  ')}\n`,
    'image.yaml': job('one', '', ''),
    'twins.yaml': `${job('one')}---\n${job('one')}`,
    'cron.yaml': `${job('one')}---\n${cronJob}`,
    'web.yaml': deployment,
    'peers.yaml': `${peers}---\napiVersion: v1\nkind: Service\nmetadata: {name: ring}\nspec: {clusterIP: None, selector: {cdk8s-jobs/peers: ring}}\n`,
    'both.yaml': `${job('one', '', "command: ['true']")}---\n${deployment}`,
    'ring.yaml': `${waiting('one', 'two')}---\n${waiting('two', 'one')}`,
    'well.yaml': job('well', '', "command: ['true']"),
    'meta.yaml': `${job('12')}---\n${job('two')}---\n${job('three').replace('{name: three}', '{name: three, labels: [a], annotations: {b: 5}}')}`,
    'duplicate.yaml': job('two', '  backoffLimit: 1\n', ''),
    'case.yaml': job('one').replace('kind: Job', 'kind: job'),
    'cases.yaml': `${job('one')}---\n${job('two').replace('batch/v1', 'batch/v2')}`,
    'set.yaml': jobSet,
    'set-and-job.yaml': `${job('one')}---\n${jobSet}`,
    'broken.yaml': `${job('one')}---\na: [\n`,
  });
});
afterAll(() => folder.remove());

test.each([
  ['a field that is not known', 'unknown.yaml', 'unknown.yaml:6:3: document 1: spec.completionz: Unknown field: did you mean completions?\n'],
  ['a value of another type', 'types.yaml', 'types.yaml:6:16: document 1: spec.completions: Cannot decode: "three": json: cannot unmarshal string into Go struct field JobSpec.spec.completions of type int32\n'
    + 'hint: first fix what cannot be decoded: as on the API server, the rest of such an object is only judged once it decodes\n'],
  ['mistakes of the second document, all of them', 'second.yaml',
    'second.yaml:19:16: document 2: spec.completions: Invalid value: -1: must be greater than or equal to 0\n'
    + 'second.yaml:20:16: document 2: spec.parallelism: Invalid value: -1: must be greater than or equal to 0\n'],
  ['a mistake in a list', 'list.yaml', 'list.yaml:9:18: document 1: items[0].spec.completions: Invalid value: -1: must be greater than or equal to 0\n'],
  ['an image without a command', 'image.yaml', 'image.yaml:10:9: document 1: spec.template.spec.containers[0].command: Required value: '
    + "the local engine does not use images, and only busybox knows what to run: write the command, or map the image with --image-command busybox='…'\n"],
  ['the same Job twice', 'twins.yaml', 'twins.yaml:16:18: document 2: metadata.name: Duplicate value: "one": twins.yaml:3:18 has it too, '
    + 'and of two objects of one name only the last one applied remains\nhint: give each a name or a namespace of its own\n'],
  ['a CronJob', 'cron.yaml', 'cron.yaml:14: document 2: CronJob "hourly" runs by its schedule\n'
    + 'hint: run it once now with --once, or apply it and use: cdk8s-jobs trigger\n'],
  ['a kind in another case', 'case.yaml', 'case.yaml:2:7: document 1: kind: Cannot decode: "job": there is no such kind in the group batch: did you mean Job?\n'
    + 'hint: a Job has apiVersion: batch/v1 and kind: Job\n'],
  ['a version that there is not, beside a Job', 'cases.yaml',
    'cases.yaml:14:13: document 2: apiVersion: Cannot decode: "batch/v2": there is no such version of Job: write batch/v1\n'
    + 'hint: first fix what cannot be decoded: as on the API server, the rest of such an object is only judged once it decodes\n'],
  ['another kind', 'web.yaml', 'web.yaml:1: document 1: a Deployment is not a Job\nhint: a Job has apiVersion: batch/v1 and kind: Job\n'],
  ['a JobSet', 'set.yaml', 'set.yaml:1: document 1: a JobSet is not a Job: its controller makes the Jobs\n'
    + 'hint: apply it with: cdk8s-jobs apply, and follow a Job of it with: cdk8s-jobs wait job/train-ENTRY-0 -f\n'],
  ['a JobSet beside a Job', 'set-and-job.yaml', 'JobSet train: the local engine has no controller that makes its Jobs\nhint: run it on a cluster\n'],
  ['a circle of Jobs', 'ring.yaml', 'ring.yaml:5:35: document 1: metadata.annotations[cdk8s-jobs/after]: Invalid value: "two": none of these can begin: '
    + 'one waits for two waits for one\nhint: each object waits for Jobs that can be complete without it\n'],
])('run refuses %s with file, document, path and what to write; nothing is started', async (_, file, message) => {
  const { status, stdout, stderr } = await runMain(['run', '--local', file], { cwd: folder.path });
  const [first = '', ...rest] = stderr.split(/(?<=\n)/);
  const error = first.startsWith('local engine') ? rest.join('') : stderr;
  expect({ status, stdout, error }).toEqual({ status: 125, stdout: '', error: `error: Cannot run ${message}` });
});

test('run leaves out, and says so, what processes of this machine would not notice', async () => {
  const { status, stderr } = await runMain(['run', '--local', 'both.yaml'], { cwd: folder.path });
  expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('left out, since processes here would not notice: deployment/web\n') });
});

test('run leaves out the Service of peers, says what is missing then, and tells the pods their names', async () => {
  const { status, stdout, stderr } = await runMain(['run', '--local', 'peers.yaml'], { cwd: folder.path });
  expect(stderr).toContain('left out: service/ring: on this machine no pod is found by its host name, although JOB_PEERS may list it\n');
  expect([status, stdout.split('\n').filter(Boolean).map((line) => line.replace(/^.* │ /, ''))]).toEqual([0, Array(2).fill('ring-0.ring,ring-1.ring')]);
});

test('run warns before it starts where peers will not find one another, as validate does', async () => {
  const service = (selected: string, silence = ''): string => (
    `${peers}---\napiVersion: v1\nkind: Service\nmetadata: {name: ring${silence}}\nspec: {clusterIP: None, publishNotReadyAddresses: true, selector: {cdk8s-jobs/peers: ${selected}}}\n`
  );
  const files = makeFolder({
    'ring.yaml': service('other'),
    'quiet.yaml': service('other', ', annotations: {cdk8s-jobs/silence: peers-service-selects-them}'),
    'well.yaml': service('ring'),
  });
  const said = async (file: string): Promise<readonly string[]> => {
    const { status, stderr } = await runMain(['run', '--local', file], { cwd: files.path });
    expect(status).toBe(0);
    return stderr.split('\n').filter((line) => line.startsWith('warning'));
  };
  expect(await said('ring.yaml')).toEqual([
    expect.stringMatching(/^warning: ring\.yaml:\d+:\d+: document \d: spec\.selector\[cdk8s-jobs\/peers\]: Invalid value: "other": the pods of the Job with this subdomain have the value "ring"$/),
  ]);
  expect([await said('quiet.yaml'), await said('well.yaml')]).toEqual([[], []]);
  files.remove();
});

test.each(['0', '-1', '1.5', 'many', ''])('--max-parallel %s is no number of Jobs', async (count) => {
  const { status, stderr } = await runMain(['run', '--local', 'good.yaml', '--max-parallel', count], { cwd: folder.path });
  expect({ status, stderr }).toEqual({
    status: 125, stderr: `error: Cannot use ${count === '' ? '""' : count} as a number of Jobs\nhint: write a whole number from 1 on\n`,
  });
});

test.each([
  ['an image that no container has', 'busybux=echo',
    'Cannot use --image-command busybux=…: no container has the image busybux\nhint: did you mean busybox?\n'],
  ['a command that needs a shell', 'busybox=echo | x',
    'Cannot use --image-command busybox=echo | x: "|" needs a shell, and the command is run without one\nhint: call a shell: IMAGE=\'sh -c "one | other"\'\n'],
  ['no command', 'busybox=', "Cannot use --image-command busybox=: the command is empty\nhint: write IMAGE='command with arguments'\n"],
])('run refuses an --image-command of %s', async (_, words, message) => {
  const { status, stderr } = await runMain(['run', '--local', '--image-command', words, 'image.yaml'], { cwd: folder.path });
  expect({ status, error: stderr.slice(stderr.indexOf('error:')) }).toEqual({ status: 125, error: `error: ${message}` });
});

test('run says which flags mean nothing on the local engine', async () => {
  const { status, stderr } = await runMain(
    ['run', '--local', '--image-command', 'busybox=false', '--on-interrupt', 'delete', 'well.yaml'], { cwd: folder.path });
  expect(status).toBe(0);
  expect(stderr).toContain('\n--image-command busybox=… is not used: every container with this image names its own command\n');
  expect(stderr).toContain('\n--on-interrupt delete is not used: on the local engine the Jobs end with this program\n');
});

test.each([
  ['a folder', '.', '.: it is a folder'],
  ['a file of a folder that is not there', 'no/run.tape', 'no/run.tape: its folder is not there'],
  ['the manifest itself', './good.yaml', './good.yaml: the manifests are in it\nhint: name another file'],
])('a tape is not written into %s, and nothing is started', async (_, file, problem) => {
  const { status, stdout, stderr } = await runMain(['run', '--local', 'good.yaml', '--record', file], { cwd: folder.path });
  expect({ status, stdout }).toEqual({ status: 125, stdout: '' });
  expect(stderr).toContain(`error: Cannot write the tape ${problem}\n`);
  expect(readFileSync(join(folder.path, 'good.yaml'), 'utf8')).toBe(job('one'));
  expect(existsSync('STARTED')).toBe(false);
});

test('run says which document cannot be read', async () => {
  const { status, stderr } = await runMain(['run', '--local', 'broken.yaml'], { cwd: folder.path });
  expect({ status, stderr }).toEqual({
    status: 125, stderr: expect.stringMatching(/^error: broken\.yaml:\d+:\d+: Cannot read document 2: /),
  });
});

test('metadata of the wrong type is told with its place, all of it', async () => {
  const { status, stderr } = await runMain(['run', '--local', 'meta.yaml'], { cwd: folder.path });
  expect({ status, stderr }).toEqual({
    status: 125,
    stderr: 'error: meta.yaml:3:18: document 1: metadata.name: Cannot decode: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string (write it in quotes)\n'
      + 'meta.yaml:29:33: document 3: metadata.labels: Cannot decode: json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string\n'
      + 'meta.yaml:29:55: document 3: metadata.annotations[b]: Cannot decode: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.annotations of type string (write it in quotes)\n'
      + 'hint: first fix what cannot be decoded: as on the API server, the rest of such an object is only judged once it decodes\n',
  });
});

test('what kubectl would silently lose is a warning in the words of validate', async () => {
  const { stderr } = await runMain(['run', '--local', 'duplicate.yaml'], { cwd: folder.path });
  const words = 'Duplicate value: "backoffLimit": the key is written twice; the last one wins whole';
  expect(stderr).toContain(`warning: duplicate.yaml:6:3: document 1: spec.backoffLimit: ${words}\n`);
  expect((await runMain(['validate', 'duplicate.yaml'], { cwd: folder.path })).stdout).toContain(words);
});

test('a namespace is named where the local engine runs, and one that cannot be is refused', async () => {
  const { stderr } = await runMain(['run', '--local', 'image.yaml', '-n', 'media'], { cwd: folder.path });
  expect(stderr).toMatch(/^local engine, namespace media; containers run as processes of this machine, images are not used\n/);
  const refused = await runMain(['run', 'image.yaml', '-n', 'Bad_NS'], { cwd: folder.path });
  expect(refused).toMatchObject({ status: 125, stderr: expect.stringMatching(/^error: Cannot use "Bad_NS" as a namespace: a lowercase RFC 1123 label/) });
});

const waysOut = 'name a cluster with KUBECONFIG or --kubeconfig, or run on this machine with --local\n';

test.each<readonly [string, readonly string[], Record<string, string>, string]>([
  ['no kubeconfig', [], {}, `error: Cannot run: there is no kubeconfig: ${waysOut}`],
  ['a namespace', ['-n', 'media'], {}, `error: Cannot run: there is no kubeconfig: ${waysOut}`],
  ['a context', ['--context', 'dev'], {}, `error: Cannot run: there is no kubeconfig: ${waysOut}`],
  ['--force-conflicts', ['--force-conflicts'], {}, `error: Cannot run: there is no kubeconfig: ${waysOut}`],
  ['an empty KUBECONFIG', [], { KUBECONFIG: '' }, `error: Cannot run: there is no kubeconfig: ${waysOut}`],
  ['a KUBECONFIG that is not there', [], { KUBECONFIG: '/nonexistent/config' },
    `error: Cannot run: KUBECONFIG is /nonexistent/config, and there is no such file: ${waysOut}`],
  ['a --kubeconfig that is not there', ['--kubeconfig', 'gone'], {}, 'error: Cannot read the kubeconfig gone: there is no such file\n'],
  ['a pod whose service account token is not there', [], { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, `error: Cannot run: there is no kubeconfig: ${waysOut}`],
])('run without a cluster runs nothing on this machine, and names both ways out: %s', async (_, flags, env, message) => {
  const result = await runMain(['run', 'good.yaml', ...flags], { cwd: folder.path, env: { HOME: folder.path, ...env } });
  expect(result).toEqual({ status: 125, stdout: '', stderr: message });
  expect(existsSync('STARTED')).toBe(false);
});

test.each([
  ['--context', ['--context', 'dev']], ['--kubeconfig', ['--kubeconfig', 'config']], ['--force-conflicts', ['--force-conflicts']],
])('--local and %s exclude each other', async (flag, flags) => {
  const { status, stdout, stderr } = await runMain(['run', '--local', 'good.yaml', ...flags], { cwd: folder.path });
  expect({ status, stdout, stderr }).toEqual({
    status: 125,
    stdout: '',
    stderr: `error: --local and ${flag} exclude each other: one means this machine, the other a cluster\nhint: leave one of them out\n`,
  });
  expect(existsSync('STARTED')).toBe(false);
});

test('--image-command says that it means this machine', async () => {
  const { status, stderr } = await runMain(['run', 'image.yaml', '--image-command', 'busybox=true'], { cwd: folder.path });
  expect({ status, stderr }).toEqual({
    status: 125, stderr: 'error: --image-command is for the local engine only: a cluster uses the images\nhint: add --local\n',
  });
});
