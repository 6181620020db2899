/** What is said of a JobSet: of itself, and of the Jobs in it, each at its place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatFinding } from '../../src/core/finding';
import { findErrors, validateManifest } from '../../src/rules/validate-manifest';

const container = { name: 'main', image: 'busybox' };
const pod = { restartPolicy: 'Never', containers: [container] };
function template(spec: object = {}, podChanges: object = {}): object {
  return { spec: { ...spec, template: { spec: { ...pod, ...podChanges } } } };
}


function jobSet(spec: object, others: object = {}): object {
  return { apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'train' }, spec, ...others };
}

const good = jobSet({
  failurePolicy: { maxRestarts: 3 },
  replicatedJobs: [
    { name: 'leader', template: template() },
    { name: 'workers', replicas: 2, dependsOn: [{ name: 'leader', status: 'Ready' }], template: template({ completions: 4, parallelism: 4 }) },
  ],
});

function said(manifest: unknown): string[] {
  return validateManifest(manifest, { advice: 'all' }).map((finding) => `${finding.severity} ${formatFinding(finding)}`);
}

test('a sound JobSet is let through', () => {
  expect(said(good)).toEqual([]);
});

test.each<readonly [string, unknown, readonly string[]]>([
  ['a version that no cluster serves', { ...good, apiVersion: 'jobset.x-k8s.io/v1' },
    ['error apiVersion: Cannot decode: "jobset.x-k8s.io/v1": there is no such version of JobSet: write jobset.x-k8s.io/v1alpha2']],
  ['another kind of the group', { ...good, kind: 'Jobset' },
    ['error kind: Cannot decode: "Jobset": there is no such kind in the group jobset.x-k8s.io: it has JobSet']],
  ['no name', jobSet({}, { metadata: {} }), ['error metadata.name: Required value: name or generateName is required']],
  ['a value of the wrong type, which hides the rest', jobSet({ suspend: 'yes', replicatedJobs: [{}] }),
    ['error spec.suspend: Cannot decode: "yes": cannot unmarshal string into a field of type boolean']],
  ['a field that there is not', jobSet({ replicatedJob: [] }), ['error spec.replicatedJob: Unknown field: did you mean replicatedJobs?']],
  ['two faults of two Jobs', jobSet({
    replicatedJobs: [{ name: 'a', template: template({ backoffLimit: -1 }) }, { name: 'b', template: template({}, { containers: [] }) }],
  }), [
    'error spec.replicatedJobs[0].template.spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0',
    'error spec.replicatedJobs[1].template.spec.template.spec.containers: Required value',
  ]],
  ['a template that is none', jobSet({ replicatedJobs: [{ name: 'a', template: 'x' }] }),
    ['error spec.replicatedJobs[0].template.spec: Cannot decode: "x": json: cannot unmarshal string into Go struct field Job.spec of type v1.JobSpec']],
  ['a field in the wrong place of a template', jobSet({ replicatedJobs: [{ name: 'a', template: template({ containers: [] }) }] }),
    ['error spec.replicatedJobs[0].template.spec.containers: Unknown field: did you mean spec.replicatedJobs[0].template.spec.template.spec.containers?']],
  ['workers without completions, which the controller makes Indexed', jobSet({ replicatedJobs: [{ name: 'a', template: template({ parallelism: 3 }) }] }),
    ['error spec.replicatedJobs[0].template.spec.completions: Required value: when completion mode is Indexed']],
  ['no restart policy, which becomes OnFailure', jobSet({ replicatedJobs: [{ name: 'a', template: template({}, { restartPolicy: undefined }) }] }),
    [expect.stringMatching(/^advice spec\.replicatedJobs\[0\]\.template\.spec\.template\.spec\.restartPolicy: Invalid value: "OnFailure": hides the logs/) as string]],
  ['a name that only the pods have no room behind', jobSet({ replicatedJobs: [{ name: 'w'.repeat(54), template: template() }] }), [
    `error spec.replicatedJobs[0].name: Invalid value: "train-${'w'.repeat(54)}-0": `
    + `will not able to create pod with invalid DNS label: train-${'w'.repeat(54)}-0-0`,
  ]],
  ['a name that is too long for its Jobs, once', jobSet({ replicatedJobs: [{ name: 'w'.repeat(60), template: template({ completions: 2 }) }] }),
    [`error spec.replicatedJobs[0].name: Invalid value: "train-${'w'.repeat(60)}-0": must be no more than 63 characters`]],
])('%s', (_, manifest, expected) => {
  expect(said(manifest)).toEqual(expected);
});

test('a JobSet whose name the server makes is judged with such a name', () => {
  expect(said({ ...good, metadata: { generateName: 'train-' } })).toEqual([]);
  expect(said({ ...good, metadata: { generateName: '1-' } })).toContainEqual(expect.stringContaining('start with an alphabetic character'));
});

test('findErrors gives the errors alone', () => {
  expect(findErrors(jobSet({ replicatedJobs: [{ name: 'a', template: template({ suspend: true, backoffLimit: -1 }) }] })).map(({ field }) => field))
    .toEqual(['spec.replicatedJobs[0].template.spec.backoffLimit']);
});

test('the Jobs are judged for the version of Kubernetes that is named', () => {
  const manifest = jobSet({ replicatedJobs: [{ name: 'a', template: template({ scheduling: {} }) }] });
  expect(validateManifest(manifest, { kubernetesVersion: '1.31' }).map(({ type }) => type)).toEqual(['Unknown']);
});

test.each([null, [], 'text', { spec: [] }, { replicatedJobs: {} }, { replicatedJobs: [null, 3, { template: { spec: { template: null } } }] }])(
  'nothing is thrown for a spec of %j', (spec) => {
    expect(validateManifest({ apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'x' }, spec })).toEqual(expect.any(Array));
  },
);

/** What the webhook of JobSet 0.11.1 said; test/cluster/job-set.cluster.ts asks it again. */
const recorded = readFileSync(join(__dirname, 'vectors/job-sets.jsonl'), 'utf8').trim().split('\n')
  .map((line) => JSON.parse(line) as { readonly id: string; readonly manifest: object; readonly refused: readonly string[] });

/** Faults of a template are none that the webhook sees. */
function refusedByWebhook(manifest: object): readonly string[] {
  return findErrors(manifest).filter(({ field }) => !field.includes('.template.')).map(formatFinding);
}

test.each(recorded)('as often refused as by the webhook: $id', ({ manifest, refused }) => {
  expect(refusedByWebhook(manifest)).toHaveLength(refused.length);
});
