import { formatFinding } from '../../src/core/finding';
import { validateManifest } from '../../src/rules/validate-manifest';

const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.37', command: ['true'], resources: { limits: { memory: '1Gi' } } }] };

function found(metadata: object, podMetadata: object = {}, jobMetadata?: object): string[] {
  const job = { template: { metadata: podMetadata, spec: pod } };
  const manifest = jobMetadata === undefined
    ? { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'etl', ...metadata }, spec: job }
    : { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'etl', ...metadata }, spec: { schedule: '@daily', jobTemplate: { metadata: jobMetadata, spec: job } } };
  return validateManifest(manifest).filter(({ rule }) => rule === 'own-annotation-known').map(formatFinding);
}

const unknown = (field: string, name: string, hint = ''): string => `${field}[${name}]: Unsupported value: "${name}": cdk8s-jobs knows no such annotation or label${hint}`;
const here = 'says nothing here: an object waits by the annotations in its own metadata';

test.each<[string, string[], string[]]>([
  ['what is known', found({ annotations: { 'cdk8s-jobs/after': 'a', 'cdk8s-jobs/name': 'etl' }, labels: { 'cdk8s-jobs/retry-of': 'x' } }, { labels: { 'cdk8s-jobs/peers': 'ring' } }), []],
  ['what is of another domain', found({ annotations: { 'cdk8s-jobs.example.com/aftr': 'a', 'aftr': 'b' } }), []],
  ['a name that is misspelt', found({ annotations: { 'cdk8s-jobs/aftr': 'a' } }), [unknown('metadata.annotations', 'cdk8s-jobs/aftr', ' (did you mean cdk8s-jobs/after?)')]],
  ['a name that is like no other', found({ labels: { 'cdk8s-jobs/schedule-at': 'a' } }), [unknown('metadata.labels', 'cdk8s-jobs/schedule-at')]],
  ['a name in a template', found({}, { annotations: { 'cdk8s-jobs/silnce': 'a' } }), [unknown('spec.template.metadata.annotations', 'cdk8s-jobs/silnce', ' (did you mean cdk8s-jobs/silence?)')]],
  ['an order of pods', found({}, { annotations: { 'cdk8s-jobs/after': 'a' } }), [`spec.template.metadata.annotations[cdk8s-jobs/after]: Unsupported value: "cdk8s-jobs/after": ${here}`]],
  ['an order of the Jobs of a schedule', found({}, {}, { annotations: { 'cdk8s-jobs/after': 'a' } }), [`spec.jobTemplate.metadata.annotations[cdk8s-jobs/after]: Unsupported value: "cdk8s-jobs/after": ${here}`]],
  ['no text', found({ annotations: { 'cdk8s-jobs/aftr': 5 } }), []],
])('%s', (_, findings, expected) => {
  expect(findings).toEqual(expected);
});

test('a JobSet is told of them too', () => {
  const manifest = { apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'train', annotations: { 'cdk8s-jobs/aftr': 'a' } }, spec: { replicatedJobs: [] } };
  expect(validateManifest(manifest).map(({ rule, field }) => `${rule} ${field}`)).toContain('own-annotation-known metadata.annotations[cdk8s-jobs/aftr]');
});
