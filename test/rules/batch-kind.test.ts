import { isMeantForBatch } from '../../src/rules/decode/batch-kind';
import { tryFindVersion } from '../../src/rules/rule/versions';
import { validateManifest } from '../../src/rules/validate-manifest';

test.each<[string, string, string, string[]]>([
  ['a kind in lower case', 'batch/v1', 'job', ['kind: there is no such kind in the group batch: did you mean Job?']],
  ['a kind in the plural', 'batch/v1', 'Jobs', ['kind: there is no such kind in the group batch: did you mean Job?']],
  ['another case', 'batch/v1', 'Cronjob', ['kind: there is no such kind in the group batch: did you mean CronJob?']],
  ['a kind of another group', 'batch/v1', 'Deployment', ['kind: there is no such kind in the group batch: it has Job and CronJob']],
  ['a version that never was', 'batch/v2', 'Job', ['apiVersion: there is no such version of Job: write batch/v1']],
  ['a version that is no more', 'batch/v1beta1', 'CronJob', ['apiVersion: was removed in Kubernetes 1.25: write batch/v1']],
  ['a version older than that', 'batch/v2alpha1', 'CronJob', ['apiVersion: was removed in Kubernetes 1.21: write batch/v1']],
  ['a beta that never had Jobs', 'batch/v1beta1', 'Job', ['apiVersion: there is no such version of Job: write batch/v1']],
  ['another group of Kubernetes', 'apps/v1', 'Job', ['apiVersion: there is no such version of Job: write batch/v1']],
  ['the core group', 'v1', 'CronJob', ['apiVersion: there is no such version of CronJob: write batch/v1']],
  ['both', 'batch/v1beta1', 'cronjobs', [
    'apiVersion: was removed in Kubernetes 1.25: write batch/v1', 'kind: there is no such kind in the group batch: did you mean CronJob?',
  ]],
])('%s is meant for batch, and an error that says what to write', (_, apiVersion, kind, expected) => {
  expect(isMeantForBatch({ apiVersion, kind })).toBe(true);
  const findings = validateManifest({ apiVersion, kind, metadata: { name: 'x' } });
  expect(findings.map(({ field, message }) => `${field}: ${message}`)).toEqual(expected);
  expect(findings.every(({ type, severity }) => type === 'Decode' && severity === 'error')).toBe(true);
});

test.each<[string, unknown, unknown, string[]]>([
  ['a kind that is missing', 'batch/v1', undefined, ["kind: Object 'Kind' is missing: write Job or CronJob"]],
  ['an empty kind', 'batch/v1', '', ["kind: Object 'Kind' is missing: write Job or CronJob"]],
  ['a version that is missing', null, 'Job', ['apiVersion: apiVersion not set: write batch/v1']],
  ['both', undefined, undefined, ['apiVersion: apiVersion not set: write batch/v1', "kind: Object 'Kind' is missing: write Job or CronJob"]],
  ['a kind that is no text', 'batch/v1', 5, ['kind: json: cannot unmarshal number into Go struct field .kind of type string']],
  ['a version that is no text', ['batch/v1'], 'Job', ['apiVersion: json: cannot unmarshal array into Go struct field .apiVersion of type string']],
])('%s is told in the words of those who decode it', (_, apiVersion, kind, expected) => {
  expect(validateManifest({ apiVersion, kind, metadata: { name: 'x' } }).map(({ field, message }) => `${field}: ${message}`)).toEqual(expected);
});

test.each([
  ['v1', 'ConfigMap'], ['v1', 'Pod'], ['apps/v1', 'Deployment'], ['batch.volcano.sh/v1alpha1', 'Job'], ['kueue.x-k8s.io/v1beta1', 'jobs'],
])('%s %s is another kind', (apiVersion, kind) => {
  expect(isMeantForBatch({ apiVersion, kind })).toBe(false);
});

test.each([
  ['1.33', '1.33'], ['v1.33', '1.33'], ['1.33.2', '1.33'], ['v1.33.5-eks-1a2b3c', '1.33'], ['v1.37.0+k3s1', '1.37'],
  ['1.20', undefined], ['1.39.0', undefined], ['1.38.0-beta.0', '1.38'], ['v2.33', undefined], ['1.3', undefined], ['latest', undefined], ['', undefined],
])('the version in %j is %s', (text, expected) => {
  expect(tryFindVersion(text)).toBe(expected);
});
