import { runMain } from '../run-main';
import { makeFolder, type TemporaryFolder } from '../temporary-folder';

const job = (name: string, after?: string): string => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
${after === undefined ? '' : `  annotations:\n    cdk8s-jobs/after: ${after}\n`}spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: main, image: "busybox:1.36", command: ["true"] }]
`;

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({
    'extract.yaml': job('extract'),
    'load.yaml': job('load', 'extract'),
    'nightly.yaml': 'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec: {schedule: "@daily", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "busybox:1.36", command: ["true"]}]}}}}}\n',
    'late.yaml': job('late', 'nightly'),
    'misspelt.yaml': job('misspelt', 'x').replace('cdk8s-jobs/after', 'cdk8s-jobs/aftr'),
    'ring.yaml': `${job('one', 'two')}---\n${job('two', 'one')}`,
    'bad.yaml': job('bad', 'Extract Data'),
    'reads.yaml': job('reads', 'extract').replace('["true"]', '[load, "<cdk8s-jobs:output/extract/rows>"]'),
    'early.yaml': job('early').replace('["true"]', '[load, "<cdk8s-jobs:output/extract/rows>"]'),
    'image.yaml': job('image', 'extract').replace('busybox:1.36', '<cdk8s-jobs:output/extract/image>'),
    'cut.yaml': job('cut', 'extract').replace('["true"]', '["<cdk8s-jobs:output/extract>"]'),
  });
});
afterAll(() => folder.remove());

test.each<[string, string[], number, RegExp]>([
  ['an order over several files is right', ['extract.yaml', 'load.yaml'], 0, /^\n?2 files/],
  ['a Job that is not among the files is a warning', ['load.yaml'], 0,
    /^load\.yaml:6:23 {2}warning {2}.*Not found: "extract": there is no such Job among what was checked: run looks for it in the cluster, where it must be complete/s],
  ['a circle is an error', ['ring.yaml'], 2, /^ring\.yaml:6:23 {2}error {2}.*Invalid value: "two": none of these can begin: one waits for two waits for one/s],
  ['what can be no name is an error', ['bad.yaml'], 2, /^bad\.yaml:6:23 {2}error {2}.*Invalid value: "Extract Data": names of Jobs with commas between them/s],
  ['an output is told to be filled in by run only', ['extract.yaml', 'reads.yaml'], 0,
    /^reads\.yaml:11:\d+ {2}advice .*Invalid value: "<cdk8s-jobs:output\/extract\/rows>": only cdk8s-jobs run fills this in/s],
  ['which is an error in Git', ['extract.yaml', 'reads.yaml', '--gitops', 'argocd'], 2, /reads\.yaml:11:\d+ {2}error .*only cdk8s-jobs run fills this in/s],
  ['an output of a Job that is not waited for is an error', ['extract.yaml', 'early.yaml'], 2,
    /^early\.yaml:9:\d+ {2}error .*extract\/rows is of no Job that this one waits for: name extract in cdk8s-jobs\/after/s],
  ['an output where nothing is filled in is an error', ['extract.yaml', 'image.yaml'], 2, /image\.yaml:11:\d+ {2}error .*an output is filled into values of variables/s],
  ['a CronJob that is waited for is told to be complete in no other run', ['nightly.yaml', 'late.yaml'], 0,
    /^late\.yaml:6:23 {2}advice .*Invalid value: "nightly": is a CronJob, which is never complete: only run --once/s],
  ['an annotation that is misspelt is a warning', ['misspelt.yaml'], 0,
    /^misspelt\.yaml:6:\d+ {2}warning .*Unsupported value: "cdk8s-jobs\/aftr": cdk8s-jobs knows no such annotation or label \(did you mean cdk8s-jobs\/after\?\)/s],
  ['an order that Argo CD does not keep is a warning', ['extract.yaml', 'load.yaml', '--gitops', 'argocd'], 0,
    /^load\.yaml:6:23 {2}warning .*Argo CD does not know this annotation, and applies the object at once with extract: write a later argocd\.argoproj\.io\/sync-wave than its 0/s],
  ['an order that Flux does not keep is a warning', ['extract.yaml', 'load.yaml', '--gitops', 'flux'], 0,
    /^load\.yaml:6:23 {2}warning .*Flux does not know this annotation, and applies the object at once with extract: put that into a Kustomization of its own/s],
  ['what only looks like an output is an error', ['extract.yaml', 'cut.yaml'], 2, /cut\.yaml:11:\d+ {2}error .*write <cdk8s-jobs:output\/JOB\/NAME>/s],
])('%s', async (_, files, status, text) => {
  const ended = await runMain(['validate', ...files], { cwd: folder.path });
  expect(ended.stdout).toMatch(text);
  expect(ended.status).toBe(status);
});
