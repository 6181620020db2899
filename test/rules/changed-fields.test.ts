import { changedFields } from '../../src/rules/changed-fields';

const uid = '0c5a2f1e-7a3b-4f58-9d0e-2b1f6c3d4e5f';
const generated = { 'batch.kubernetes.io/controller-uid': uid, 'batch.kubernetes.io/job-name': 'etl', 'controller-uid': uid, 'job-name': 'etl' };

function manifest(spec: object = {}, pod: object = {}): object {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'thumbs:7' }], ...pod } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'etl' }, spec: { template, ...spec } };
}

/** The Job as a cluster has it: with defaults, and with what was generated for it. */
const live = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'etl', namespace: 'media', uid, labels: generated },
  spec: {
    parallelism: 1,
    completions: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: 'TerminatingOrFailed',
    selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
    template: {
      metadata: { labels: generated },
      spec: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 30,
        dnsPolicy: 'ClusterFirst',
        securityContext: {},
        schedulerName: 'default-scheduler',
        containers: [{
          name: 'main',
          image: 'thumbs:7',
          imagePullPolicy: 'IfNotPresent',
          resources: {},
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
        }],
      },
    },
  },
  status: { failed: 1, conditions: [{ type: 'Failed', status: 'True' }] },
};

test.each<[string, object, object[]]>([
  ['nothing, where defaults and what was generated are the only difference', manifest(), []],
  ['a field that may change', manifest({ completions: 1, parallelism: 3 }), [{ field: 'spec.parallelism', from: 1, to: 3, isImmutable: false }]],
  ['the deepest field of the template, which may not', manifest({}, { containers: [{ name: 'main', image: 'thumbs:8' }] }), [
    { field: 'spec.template.spec.containers[0].image', from: 'thumbs:7', to: 'thumbs:8', isImmutable: true },
  ]],
  ['both', manifest({ completions: 3, backoffLimit: 0 }), [
    { field: 'spec.completions', from: 1, to: 3, isImmutable: true }, { field: 'spec.backoffLimit', from: 6, to: 0, isImmutable: false },
  ]],
  ['a field that is new', manifest({ activeDeadlineSeconds: 5 }), [{ field: 'spec.activeDeadlineSeconds', from: undefined, to: 5, isImmutable: false }]],
])('a new manifest changes %s', (_, after, changes) => {
  const found = changedFields(live, after);
  expect(found).toHaveLength(changes.length);
  expect(found).toEqual(expect.arrayContaining(changes));
});

test('manifests that cannot be compared change nothing', () => {
  expect(changedFields({}, manifest())).toEqual([]);
  expect(changedFields(live, { apiVersion: 'batch/v1', kind: 'CronJob', spec: {} })).toEqual([]);
});
