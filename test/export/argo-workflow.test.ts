/** Jobs and their order as a Workflow: what is written, and what Argo would misread. */
import { parse } from 'yaml';
import { formatFinding } from '../../src/core/finding';
import { findArgoFaults } from '../../src/export/argo-faults';
import { argoWorkflow } from '../../src/export/argo-workflow';
import { writeYaml } from '../../src/yaml/write-yaml';

interface JobChanges {
  readonly metadata?: object;
  readonly spec?: object;
  readonly pod?: object;
}

function job(name: string, after?: string, { metadata = {}, spec = {}, pod = {} }: JobChanges = {}): object {
  const annotations = after === undefined ? {} : { annotations: { 'cdk8s-jobs/after': after } };
  const containers = [{ name: 'main', image: 'app:1' }];
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, ...annotations, ...metadata },
    spec: { ...spec, template: { spec: { restartPolicy: 'Never', containers, ...pod } } },
  };
}
const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
const nightly = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: { schedule: '@daily' } };

interface Workflow {
  readonly kind: string;
  readonly metadata: object;
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly templates: ReadonlyArray<{
      readonly name: string;
      readonly dag?: { readonly tasks: ReadonlyArray<{ readonly name: string; readonly depends?: string }> };
      readonly resource?: { readonly action: string; readonly manifest: string; readonly setOwnerReference?: boolean };
    }>;
  };
}

function workflowOf(objects: readonly object[], options?: Parameters<typeof argoWorkflow>[1]): Workflow {
  return argoWorkflow(objects, options).workflow as unknown as Workflow;
}

function tasksOf(objects: readonly object[]): Record<string, string | undefined> {
  const tasks = workflowOf(objects).spec.templates[0]?.dag?.tasks ?? [];
  return Object.fromEntries(tasks.map(({ name, depends }) => [name, depends]));
}

function manifestsOf(objects: readonly object[]): unknown[] {
  return workflowOf(objects).spec.templates.flatMap(({ resource }) => (resource === undefined ? [] : [parse(resource.manifest)]));
}

test('a chain of two, in full', () => {
  expect(writeYaml(argoWorkflow([job('extract'), job('load', 'extract')], { name: 'etl', serviceAccount: 'runner' }).workflow)).toMatchInlineSnapshot(`
"apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: etl-
spec:
  entrypoint: dag
  serviceAccountName: runner
  templates:
    - name: dag
      dag:
        failFast: false
        tasks:
          - name: extract
            template: extract
          - name: load
            template: load
            depends: extract.Succeeded
    - name: extract
      resource:
        action: create
        setOwnerReference: true
        manifest: |
          apiVersion: batch/v1
          kind: Job
          metadata:
            generateName: extract-
          spec:
            template:
              spec:
                restartPolicy: Never
                containers:
                  - name: main
                    image: app:1
        successCondition: status.completionTime
        failureCondition: "status.conditions.0.type in (FailureTarget,Failed),status.conditions.1.type in (FailureTarget,Failed),status.conditions.2.type in (FailureTarget,Failed),status.conditions.3.type in (FailureTarget,Failed)"
      outputs:
        parameters:
          - name: job
            valueFrom:
              jsonPath: "{.metadata.name}"
    - name: load
      resource:
        action: create
        setOwnerReference: true
        manifest: |
          apiVersion: batch/v1
          kind: Job
          metadata:
            generateName: load-
            annotations:
              cdk8s-jobs/after: extract
          spec:
            template:
              spec:
                restartPolicy: Never
                containers:
                  - name: main
                    image: app:1
        successCondition: status.completionTime
        failureCondition: "status.conditions.0.type in (FailureTarget,Failed),status.conditions.1.type in (FailureTarget,Failed),status.conditions.2.type in (FailureTarget,Failed),status.conditions.3.type in (FailureTarget,Failed)"
      outputs:
        parameters:
          - name: job
            valueFrom:
              jsonPath: "{.metadata.name}"
"
`);
});

test('each Job waits for those that its annotation names, and a failure stops what is behind it only', () => {
  const objects = [job('a'), job('b', 'a'), job('c', 'a'), job('d', 'b,c')];
  expect(tasksOf(objects)).toEqual({ a: undefined, b: 'a.Succeeded', c: 'a.Succeeded', d: 'b.Succeeded && c.Succeeded' });
  expect(workflowOf(objects).spec.templates[0]?.dag).toMatchObject({ failFast: false });
});

test('what waits for a Job is a step too, what waits for nothing stands in front', () => {
  const late = { ...settings, metadata: { name: 'done', annotations: { 'cdk8s-jobs/after': 'a' } } };
  expect(tasksOf([settings, job('a'), late])).toEqual({ 'a': undefined, 'configmap-done': 'a.Succeeded' });
  expect(argoWorkflow([settings, job('a'), late]).before).toEqual([settings]);
  expect(workflowOf([job('a'), late]).spec.templates[2]?.resource).toEqual({ action: 'apply', manifest: writeYaml(late) });
});

test('a Job gets a new name in each run, and the rest of it is as it was written', () => {
  const written = job('extract', undefined, { metadata: { labels: { app: 'x' } }, spec: { backoffLimit: 2 } }) as { readonly spec: object };
  expect(manifestsOf([written])).toEqual([{ ...written, metadata: { generateName: 'extract-', labels: { app: 'x' } } }]);
});

test('the namespace of the Jobs is that of the Workflow', () => {
  const objects = [job('a', undefined, { metadata: { namespace: 'media' } })];
  expect(workflowOf(objects).metadata).toEqual({ generateName: 'jobs-', namespace: 'media' });
  expect(manifestsOf(objects)).toMatchObject([{ metadata: { generateName: 'a-' } }]);
  expect(JSON.stringify(manifestsOf(objects))).not.toContain('media');
});

test('a WorkflowTemplate has a name, and no random end', () => {
  expect(workflowOf([job('a')], { name: 'etl', isTemplate: true })).toMatchObject({ kind: 'WorkflowTemplate', metadata: { name: 'etl' } });
});

test('names of steps have no dots, begin with a letter, and none is there twice', () => {
  expect(Object.keys(tasksOf([job('a.b'), job('a-b'), job('dag'), job('1st')]))).toEqual(['a-b', 'a-b-2', 'dag', 'job-1st']);
  expect(workflowOf([job('dag')]).spec.templates.map(({ name }) => name)).toEqual(['dag-2', 'dag']);
});

test('braces are kept from Argo, which would write the manifest anew to set the owner', () => {
  const [, step] = workflowOf([job('a', undefined, { pod: { containers: [{ name: 'main', image: 'app:1', args: ['{{workflow.name}}'] }] } })]).spec.templates;
  expect(step?.resource?.setOwnerReference).toBeUndefined();
  expect(step?.resource?.manifest.match(/\{\{.*?\}\}/g)).toEqual(['{{workflow.name}}', '{{workflow.uid}}']);
  expect(parse(step?.resource?.manifest ?? '')).toMatchObject({
    metadata: { ownerReferences: [{ kind: 'Workflow', name: '{{workflow.name}}', uid: '{{workflow.uid}}', controller: true }] },
    spec: { template: { spec: { containers: [{ args: ['{{workflow.name}}'] }] } } },
  });
});

test('a Job whose pods are found by its name keeps it', () => {
  const ring = job('ring', undefined, { pod: { subdomain: 'ring' } });
  expect(manifestsOf([ring])).toMatchObject([{ metadata: { name: 'ring' } }]);
});

test('an Indexed Job is judged with the name that it gets', () => {
  const long = job('a'.repeat(60), undefined, { spec: { completionMode: 'Indexed', completions: 2 } });
  expect(findArgoFaults([long]).map(({ finding }) => finding.rule)).toEqual(['indexed-pods-can-be-named']);
});

test.each<readonly [string, readonly object[], readonly string[]]>([
  ['nothing wrong', [settings, job('a'), job('b', 'a'), nightly], []],
  ['a suspended Job', [job('a', undefined, { spec: { suspend: true } })],
    ['error spec.suspend: Forbidden: Argo waits for ever for a suspended Job that no queue resumes: leave it out']],
  ['a suspended Job in a queue', [job('a', undefined, { spec: { suspend: true }, metadata: { labels: { 'kueue.x-k8s.io/queue-name': 'team' } } })], []],
  ['an output of an earlier Job', [job('a'), job('b', 'a', { pod: { containers: [{ name: 'main', image: 'app:1', args: ['<cdk8s-jobs:output/a/rows>'] }] } })], [
    'error spec.template.spec.containers[0].args[0]: Invalid value: "<cdk8s-jobs:output/a/rows>": '
    + 'only cdk8s-jobs run fills this in: what applies the manifest in another way starts the Job with this text',
  ]],
  ['a Job that is gone soon', [job('a', undefined, { spec: { ttlSecondsAfterFinished: 5 } })],
    ['error spec.ttlSecondsAfterFinished: Invalid value: 5: Argo looks every 5 seconds or later, and a Job that is gone by then fails its step: write 60 or more, or leave it out']],
  ['a Job in another namespace', [job('a'), job('b', undefined, { metadata: { namespace: 'media' } })],
    ['error metadata.namespace: Invalid value: "media": the first Job is in no namespace that is written: a Workflow owns its Jobs, so all of them are in its namespace']],
  ['a Job that is elsewhere', [job('b', 'extract')], [
    'error metadata.annotations[cdk8s-jobs/after]: Not found: "extract": there is no such Job among what is exported, and a task waits only for tasks of its Workflow',
  ]],
  ['a circle', [job('a', 'b'), job('b', 'a')],
    ['error metadata.annotations[cdk8s-jobs/after]: Invalid value: "b": none of these can begin: a waits for b waits for a']],
  ['a CronJob that is waited for', [nightly, job('b', 'nightly')],
    ['error kind: Invalid value: "CronJob": a CronJob starts its Jobs by its schedule and is no step of a Workflow: write a Job']],
  ['a Job that the API server refuses', [job('a', undefined, { spec: { backoffLimit: -1 } })],
    ['error spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0']],
  ['a Job whose pods are found by its name', [job('ring', undefined, { pod: { subdomain: 'ring' } })], [
    'warning metadata.name: Invalid value: stays as it is, because the host names of its pods begin with it: '
    + 'two runs at once, or a step that is tried again, meet a Job of this name',
  ]],
])('%s', (_, objects, expected) => {
  expect(findArgoFaults(objects).map(({ finding }) => `${finding.severity} ${formatFinding(finding)}`)).toEqual(expected);
});
