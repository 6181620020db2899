import { validateManifest } from '../../src/rules/validate-manifest';
import { validateUpdate } from '../../src/rules/validate-update';

const uid = '2f1f6d0e-0c39-4a6f-9c4e-6d9a2f0c7a11';
const generated = {
  'batch.kubernetes.io/controller-uid': uid, 'batch.kubernetes.io/job-name': 'demo', 'controller-uid': uid, 'job-name': 'demo',
};
const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] };

function exported(spec: object = {}, labels: object = generated): object {
  const template = { metadata: { labels }, spec: pod };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'demo', namespace: 'default', uid, resourceVersion: '7', generation: 1, creationTimestamp: '2026-01-01T00:00:00Z', labels },
    spec: { selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } }, manualSelector: false, template, ...spec },
    status: { active: 1 },
  };
}

function adviceOn(manifest: object): string[] {
  return validateManifest(manifest).filter(({ rule }) => rule === 'exported-job-leaves-its-origin').map(({ message }) => message);
}

test('an exported Job gets one advice that names every line to delete, beside what the API server refuses', () => {
  const findings = validateManifest(exported());
  expect(findings.filter(({ severity }) => severity === 'error').map(({ field }) => field).sort()).toEqual([
    'spec.selector', 'spec.template.metadata.labels[batch.kubernetes.io/controller-uid]', 'spec.template.metadata.labels[controller-uid]',
  ]);
  expect(adviceOn(exported())).toEqual([`was exported from a cluster: to create another one, delete ${[
    'metadata.uid', 'metadata.resourceVersion', 'metadata.generation', 'metadata.creationTimestamp',
    ...['controller-uid', 'batch.kubernetes.io/controller-uid', 'job-name', 'batch.kubernetes.io/job-name'].map((name) => `metadata.labels[${name}]`),
    'spec.selector', 'spec.manualSelector',
    ...['controller-uid', 'batch.kubernetes.io/controller-uid', 'job-name', 'batch.kubernetes.io/job-name'].map((name) => `spec.template.metadata.labels[${name}]`),
    'status',
  ].join(', ')}`]);
});

test.each([
  ['with a manual selector', exported({ manualSelector: true })],
  ['of a cluster before 1.27', exported({ selector: { matchLabels: { 'controller-uid': uid } } }, { 'controller-uid': uid, 'job-name': 'demo' })],
  ['without its selector', exported({ selector: undefined })],
])('an exported Job %s is known too', (_, manifest) => {
  expect(adviceOn(manifest)).toHaveLength(1);
});

test('what the advice names is enough: without it nothing is found', () => {
  const manifest = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'demo' }, spec: { template: { spec: pod } } };
  expect(validateManifest(manifest)).toEqual([]);
});

test('a Job with a selector of its own is nobody\'s export', () => {
  const labels = { app: 'demo' };
  expect(adviceOn(exported({ manualSelector: true, selector: { matchLabels: labels } }, labels))).toEqual([]);
});

describe('an exported Job that is sent again replaces the one in the cluster', () => {
  const without = (...names: readonly string[]): object => {
    const { metadata, ...others } = exported() as { metadata: object };
    const { labels: _, selector: __, ...spec } = { labels: {}, ...(others as unknown as { spec: { selector: object } }).spec };
    return { ...others, metadata: Object.fromEntries(Object.entries(metadata).filter(([name]) => !names.includes(name))), spec };
  };

  test.each([
    ['everything', []],
    ['no uid', ['uid']],
    ['no uid and no resourceVersion', ['uid', 'resourceVersion']],
    ['nothing but its status', ['uid', 'resourceVersion', 'generation', 'creationTimestamp']],
  ])('with %s left of what the server made, a missing selector was removed', (_, names) => {
    expect(validateUpdate(exported(), without(...names)).map(({ rule }) => rule)).toContain('selector-immutable');
  });

  test('a manifest that people wrote lacks what the server makes, and the client leaves it', () => {
    const { status: _, ...written } = without('uid', 'resourceVersion', 'generation', 'creationTimestamp') as { status?: object };
    expect(validateUpdate(exported(), written).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
