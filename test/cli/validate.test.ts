import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from './run-main';
import { makeFolder, type TemporaryFolder } from './temporary-folder';

const good = `apiVersion: batch/v1
kind: Job
metadata:
  name: good
spec:
  backoffLimit: 4
  ttlSecondsAfterFinished: 60
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: c
        image: example/image:1
`;

const files = {
  'good.yaml': good,
  'unknown.yaml': good.replace('backoffLimit', 'backofLimit'),
  'type.yaml': good.replace('backoffLimit: 4', 'backoffLimit: "four"'),
  'value.yaml': good.replace('backoffLimit: 4', 'backoffLimit: -1'),
  'second.yaml': `${good}---\n${good.replace('restartPolicy: Never', 'restartPolicy: Always').replace('name: good', 'name: bad')}`,
  'empty.yaml': '',
  'comment.yaml': '# nothing\n---\n',
  'syntax.yaml': `${good}---\na: [\n`,
  'separator.yaml': `${good}--- x\n`,
  'config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n',
  'list.yaml': `apiVersion: v1\nkind: List\nitems:\n- ${good.replace('backoffLimit: 4', 'backoffLimit: -1').trimEnd().replaceAll('\n', '\n  ')}\n`,
  'nothing.yaml': '5\n',
  'duplicate.yaml': good.replace('  backoffLimit: 4\n', '  backoffLimit: 4\n  backoffLimit: 5\n'),
  'bomb.yaml': ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefghi'.split('').map((name, level) => `${name}: &${name} [${`*${'abcdefgh'[level] ?? ''},`.repeat(9)}]`)].join('\n'),
  'label.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {labels: {"on": 5}}\n',
  'kindless.yaml': 'apiVersion: v1\n',
  'throws.js': "throw new Error('the queue has no name');\n",
  'notes.txt': 'hello',
  'folder/a.yaml': good,
  'folder/b.json': '{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"b"},\n"spec":{"parallelism":-1}}',
  'folder/c.txt': 'not looked at',
  'case.yaml': good.replace('kind: Job', 'kind: job'),
  'version.yaml': good.replace('batch/v1', 'batch/v2'),
  'volcano.yaml': good.replace('batch/v1', 'batch.volcano.sh/v1alpha1'),
  'folder/deep/er/broken.yaml': 'a: [\n',
  'folder/dir.yaml/in.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n',
  'folder/.git/broken.yaml': 'a: [\n',
  'folder/node_modules/broken.yaml': 'a: [\n',
  'twins.yaml': `${good}---\n${good.replace('backoffLimit: 4', 'backoffLimit: 3')}`,
  'namespace.yaml': good.replace('name: good', 'namespace: media\n  name: good'),
  'generated.yaml': `${good.replace('name: good', 'generateName: good')}---\n${good.replace('name: good', 'generateName: good')}`,
  'template.yaml': good.replace('name: good', 'name: {{ .Release.Name }}'),
  'bare/readme.md': 'no manifests here',
};

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder(files);
  symlinkSync('.', join(folder.path, 'more'));
});
afterAll(() => folder.remove());

test.each([
  ['an unknown field at its name', 'unknown.yaml', 'unknown.yaml:6:3', 'spec.backofLimit', 'Unknown field: did you mean backoffLimit?'],
  ['a value of the wrong type', 'type.yaml', 'type.yaml:6:17', 'spec.backoffLimit', 'Cannot decode: "four"'],
  ['a value that is not allowed', 'value.yaml', 'value.yaml:6:17', 'spec.backoffLimit', 'Invalid value: -1: must be greater than or equal to 0'],
  ['a fault of the second document', 'second.yaml', 'second.yaml:24:22', 'spec.template.spec.restartPolicy', 'Required value'],
  ['an empty file', 'empty.yaml', 'empty.yaml:1:1', 'It holds no manifest', 'write a Job or a CronJob'],
  ['a file of comments', 'comment.yaml', 'comment.yaml:1:1', 'It holds no manifest', ''],
  ['a broken document', 'syntax.yaml', 'syntax.yaml:16:1', 'Cannot read the document', 'unexpected end of the stream'],
  ['a template of Helm', 'template.yaml', 'template.yaml:4:10', 'Cannot read the document', ': a template of Helm is no manifest: use what it renders'],
  ['a broken separator', 'separator.yaml', 'separator.yaml:14:1', 'Cannot read the document', 'invalid Yaml document separator: x'],
  ['an app that cannot be synthesized', 'throws.js', 'throws.js:1:7', 'Cannot synthesize throws.js: the queue has no name', ''],
  ['an item of a list', 'list.yaml', 'list.yaml:9:19', 'items[0].spec.backoffLimit', 'Invalid value: -1'],
  ['a document that is no object', 'nothing.yaml', 'nothing.yaml:1:1', 'invalid object to validate', ''],
  ['a label that is no string, whatever the kind', 'label.yaml', 'label.yaml:3:27', 'metadata.labels[on]', 'cannot unmarshal number'],
  ['an object without kind', 'kindless.yaml', 'kindless.yaml:1:1', 'kind not set', ''],
  ['an alias bomb', 'bomb.yaml', 'bomb.yaml:', 'Cannot read the document', 'document contains excessive aliasing'],
  ['a kind in another case', 'case.yaml', 'case.yaml:2:7', 'kind', 'there is no such kind in the group batch: did you mean Job?'],
  ['a version that there is not', 'version.yaml', 'version.yaml:1:13', 'apiVersion', 'there is no such version of Job: write batch/v1'],
  ['a Job whose name is given twice', 'twins.yaml', 'twins.yaml:18:9', 'metadata.name', 'Duplicate value: "good": twins.yaml:4:9 has it too, and of two objects of one name only the last one applied remains'],
  ['other kinds alone', 'config.yaml', 'config.yaml:1:1', 'Nothing was checked: there is no Job or CronJob in it', 'if that is intended, add --pass-with-no-jobs'],
  ['a Job of another group alone', 'volcano.yaml', 'volcano.yaml:1:1', 'Nothing was checked', ''],
  ['a folder without manifests', 'bare', 'bare:1:1', 'the folder holds no .yaml, .yml or .json file', ''],
])('%s is an error with file, line, path and words', async (_, file, place, subject, says) => {
  const { status, stdout, stderr } = await runMain(['validate', file], { cwd: folder.path });
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
  const line = stdout.split('\n').find((text) => text.startsWith(place));
  expect(line).toBeDefined();
  expect(line).toContain('error');
  expect(line).toContain(subject);
  expect(line).toContain(says);
});

test('a good manifest has no errors', async () => {
  const { status, stdout } = await runMain(['validate', 'good.yaml'], { cwd: folder.path });
  expect(status).toBe(0);
  expect(stdout).toContain('1 file, 1 document, 1 Job: 0 errors, ');
  expect(stdout).toContain(' (Kubernetes 1.37)\n');
});

test('a name that is empty, as of a variable that is not set, is not the current folder', async () => {
  const { status, stdout } = await runMain(['validate', ''], { cwd: folder.path });
  expect(status).toBe(125);
  expect(stdout).toMatch(/^:1:1 +error +Cannot read a file without a name: write \. for the current folder\n\n0 files, /);
});

test.each([
  ['a missing file', 'missing.yaml', 'Cannot read missing.yaml', 'there is no such file or folder'],
  ['a file of another sort', 'notes.txt', 'neither a manifest nor an app', 'manifests end in .yaml, .yml or .json'],
])('%s is an error, and no finding: 125 as everywhere, and the others are checked', async (_, file, subject, says) => {
  const { status, stdout, stderr } = await runMain(['validate', file, 'value.yaml'], { cwd: folder.path });
  expect({ status, stderr }).toEqual({ status: 125, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^${file}:1:1 +error +.*${subject}.*${says}`, 'm'));
  expect(stdout).toContain('value.yaml:6:17');
});

test('other kinds are counted, and nothing else is asked for', async () => {
  const { status, stdout } = await runMain(['validate', 'config.yaml', 'good.yaml'], { cwd: folder.path });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^2 files, 2 documents, 1 Job, 1 of other kinds \(not checked\): 0 errors, \d warnings?/m);
});

test.each(['config.yaml', 'empty.yaml', 'comment.yaml', 'bare', 'volcano.yaml'])('that nothing is checked is right for those who say so: %s', async (file) => {
  const { status, stdout, stderr } = await runMain(['validate', '--pass-with-no-jobs', file], { cwd: folder.path });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^\d files?, \d documents?, no Job or CronJob.*: 0 errors, 0 warnings \(Kubernetes 1\.37\)\n$/);
});

test('what cannot be read is an error also for those who say so', async () => {
  expect((await runMain(['validate', '--pass-with-no-jobs', 'missing.yaml'], { cwd: folder.path })).status).toBe(125);
  expect((await runMain(['validate', '--pass-with-no-jobs', 'syntax.yaml'], { cwd: folder.path })).status).toBe(2);
});

test('a name is given once in all files; another namespace, kind or a generated name is another', async () => {
  const { status, stdout } = await runMain(['validate', 'good.yaml', 'namespace.yaml', 'generated.yaml', 'folder', '-'], { cwd: folder.path, input: files['type.yaml'] });
  expect(status).toBe(2);
  const lines = stdout.split('\n').filter((line) => line.includes('has it too')).map((line) => line.replace(/ +/g, ' '));
  expect(lines).toEqual([
    expect.stringMatching(/^folder\/a\.yaml:4:9 error metadata\.name Duplicate value: "good": good\.yaml:4:9 has it too/),
    expect.stringMatching(/^stdin:4:9 error metadata\.name Duplicate value: "good": good\.yaml:4:9 has it too/),
  ]);
});

test('a file that is named several times is read once', async () => {
  const { status, stdout } = await runMain(['validate', 'good.yaml', './good.yaml', 'folder/a.yaml', 'more/good.yaml'], { cwd: folder.path });
  expect(status).toBe(2);
  expect(stdout).toContain('\n2 files, 2 documents, 2 Jobs: 1 error');
});

test.each([['type.yaml', 1], ['label.yaml', 1], ['value.yaml', 0]])('that the rest of an object is not judged before it decodes is said: %s', async (file, notDecoded) => {
  const { stdout } = await runMain(['validate', file], { cwd: folder.path });
  expect(stdout.includes('first fix what cannot be decoded: as on the API server, the rest of such an object is only judged once it decodes\n')).toBe(notDecoded > 0);
  const { stdout: json } = await runMain(['validate', file, '-o', 'json'], { cwd: folder.path });
  expect(JSON.parse(json)).toMatchObject({ notDecoded });
});

test('what kubectl would silently lose is a warning', async () => {
  const { status, stdout } = await runMain(['validate', 'duplicate.yaml'], { cwd: folder.path });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^duplicate\.yaml:7:3 +warning +spec\.backoffLimit +Duplicate value: "backoffLimit": the key is written twice/m);
});

test('folders are read with their subfolders, and every path is looked at', async () => {
  const { status, stdout } = await runMain(['validate', 'folder', 'unknown.yaml', 'missing.yaml'], { cwd: folder.path });
  expect(status).toBe(125);
  expect(stdout).toMatch(/^folder\/b\.json:2:23 +error +spec\.parallelism +Invalid value: -1/m);
  expect(stdout).toMatch(/^folder\/deep\/er\/broken\.yaml:2:1 +error +Cannot read the document/m);
  expect(stdout).toContain('\n5 files, ');
});

test('stdin is read with -', async () => {
  const { status, stdout } = await runMain(['validate', '-'], { input: files['value.yaml'] });
  expect(status).toBe(2);
  expect(stdout).toContain('stdin:6:17');
});

test('JSON carries everything that the text does', async () => {
  const { status, stdout } = await runMain(['validate', 'second.yaml', '-o', 'json'], { cwd: folder.path });
  expect(status).toBe(2);
  const report = JSON.parse(stdout) as { findings: ReadonlyArray<{ severity: string }> };
  expect(report).toMatchObject({ kind: 'ValidationReport', ok: false, kubernetesVersion: '1.37', files: 1, documents: 2, notChecked: 0, errors: 1 });
  expect(report.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
    { file: 'second.yaml', document: 2, line: 24, column: 22, field: 'spec.template.spec.restartPolicy' },
  ]);
});

test('GitHub gets an annotation for each finding, and the summary on stderr', async () => {
  const { stdout, stderr } = await runMain(['validate', 'value.yaml', '-o', 'github'], { cwd: folder.path });
  expect(stdout).toMatch(/^::error file=value\.yaml,line=6,col=17,title=[\w-]+::spec\.backoffLimit: Invalid value: -1: must be/m);
  expect(stderr).toContain('1 file, 1 document, 1 Job: 1 error, ');
});

test.each(['1.33', 'v1.33', '1.33.2', 'v1.33.5-eks-1a2b3c'])('an older server is asked by its version: %s', async (version) => {
  const managed = good.replace('spec:\n', 'spec:\n  managedBy: example.com/x\n');
  const { stdout } = await runMain(['validate', '-', '--kubernetes-version', version], { input: managed });
  expect(stdout).toContain('(Kubernetes 1.33)');
});

test.each<[what: string, gates: readonly string[], said: string]>([
  ['set', ['GenericWorkload=true,WorkloadWithJob=true'], '0 warnings (Kubernetes 1.37 with GenericWorkload=true,WorkloadWithJob=true)'],
  ['in several options, as the API server reads them', ['GenericWorkload=1', 'WorkloadWithJob=T'], '0 warnings (Kubernetes 1.37 with GenericWorkload=true,WorkloadWithJob=true)'],
  ['not set', [], 'the feature gate WorkloadWithJob is off'],
])('feature gates are %s', async (_, gates, said) => {
  const input = good.replace('spec:\n', 'spec:\n  scheduling: { schedulingPolicy: { basic: {} } }\n');
  const { status, stdout } = await runMain(['validate', '-', ...gates.flatMap((text) => ['--feature-gates', text])], { input });
  expect(stdout).toContain(said);
  expect(status).toBe(0);
});

test.each<[what: string, gates: string, said: string]>([
  ['one without a value', 'WorkloadWithJob', 'Missing bool value for WorkloadWithJob: write WorkloadWithJob=true'],
  ['one with another value', 'WorkloadWithJob=on', 'Invalid value of WorkloadWithJob: write true or false'],
  ['one that is locked', 'HostnameOverride=false', 'cannot set feature gate HostnameOverride to false, feature is locked to true'],
  ['one that nobody knows', 'Nonsense=true', 'unrecognized feature gate: Nonsense'],
])('of feature gates, %s is refused', async (_, gates, said) => {
  const { status, stdout, stderr } = await runMain(['validate', '-', '--feature-gates', gates], { input: good });
  expect([status, stdout]).toEqual([125, '']);
  expect(stderr).toContain(said);
});

test('a preview says that it is one, once', async () => {
  const text = await runMain(['validate', 'good.yaml', 'value.yaml', '--kubernetes-version', '1.38.0-beta.0'], { cwd: folder.path });
  expect(text.stdout.match(/is a preview/g)).toHaveLength(1);
  expect(text.stdout).toContain('Kubernetes 1.38 is a preview: its rules are those of 1.38.0-beta.0 and may still change');
  const json = await runMain(['validate', '-', '--kubernetes-version', '1.38', '-o', 'json'], { input: good });
  expect(JSON.parse(json.stdout)).toMatchObject({ kubernetesVersion: '1.38', notice: expect.stringContaining('is a preview') });
});

test('a version whose rules are not known is refused with those that are', async () => {
  const { status, stderr } = await runMain(['validate', '-', '--kubernetes-version', '1.20'], { input: good });
  expect(status).toBe(125);
  expect(stderr).toContain('"1.20" is invalid. Its rules are not known; known are those of 1.31, 1.32');
});
