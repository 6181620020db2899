import { formatFinding } from '../../src/core/finding';
import { missingJob, orderOf } from '../../src/rules/order';

/** A Job with an order; only its metadata counts here. */
function job(name: string, after?: string, namespace?: string): object {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...(after === undefined ? {} : { annotations: { 'cdk8s-jobs/after': after } }) },
  };
}

test.each<[string, object[], number[][]]>([
  ['objects without the annotation wait for nothing', [job('a'), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }], [[], []]],
  ['one Job waits for another, wherever it stands', [job('load', 'extract'), job('extract')], [[1], []]],
  ['several names, with blanks and commas to spare', [job('a'), job('b'), job('c', ' a , b,')], [[], [], [0, 1]]],
  ['a name means the object\'s own namespace', [job('a', undefined, 'x'), job('a', undefined, 'y'), job('b', 'a', 'y')], [[], [], [1]]],
  ['another namespace is said', [job('a', undefined, 'x'), job('b', 'x/a', 'y')], [[], [0]]],
  ['the default namespace counts where none is written', [job('a', undefined, 'default'), job('b', 'a')], [[], [0]]],
  ['a ConfigMap of the name is no Job', [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, job('a'), job('b', 'a')], [[], [], [1]]],
  ['any object can wait for a Job', [job('a'), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', annotations: { 'cdk8s-jobs/after': 'a' } } }], [[], [0]]],
])('%s', (_, objects, before) => {
  expect(orderOf(objects, 'default')).toEqual({ before, outside: [], faults: [] });
});

test('a Job that is not among the objects is left to the caller', () => {
  const { outside } = orderOf([job('b', 'a')], 'media');
  expect(outside).toEqual([{ position: 0, name: 'a', namespace: 'media' }]);
  expect(outside.map((each) => formatFinding(missingJob(each, 'there is no such Job')))).toEqual([
    'metadata.annotations[cdk8s-jobs/after]: Not found: "media/a": there is no such Job',
  ]);
});

const jobSet = { apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'train' } };

test.each<[string, string, string | undefined]>([
  ['is almost one that there is', 'extrct', 'did you mean extract?'],
  ['is one with a letter too many in another namespace', 'x/loads', 'did you mean x/load?'],
  ['is written as for kubectl', 'job/extract', 'what stands before the slash is a namespace: write extract'],
  ['is one of another namespace', 'load', 'did you mean x/load?'],
  ['is one without a namespace', 'free', 'the Job of this name says no namespace: write one there, and NAMESPACE/free here'],
  ['is that of something else', 'train', 'the JobSet of jobset.x-k8s.io/v1alpha2 that is called so is not waited for: only Jobs of batch/v1 are'],
  ['is short', 'ab', undefined],
  ['is almost that of the Job that waits', 'waitings', undefined],
  ['is like no other', 'transform', undefined],
])('a Job that is not there, and whose name %s', (_, name, hint) => {
  const { outside } = orderOf([job('extract', undefined, 'd'), job('load', undefined, 'x'), job('ac', undefined, 'd'), job('free'), job('waiting', name, 'd'), jobSet]);
  expect(outside.map((each) => missingJob(each, '').hint)).toEqual([hint]);
});

test.each<[string, object[], string[]]>([
  ['a Job that waits for itself', [job('a', 'a')], ['metadata.annotations[cdk8s-jobs/after]: Invalid value: "a": a Job cannot wait for itself']],
  [
    'a circle, told once', [job('a', 'c'), job('b', 'a'), job('c', 'b'), job('d', 'c')],
    ['metadata.annotations[cdk8s-jobs/after]: Invalid value: "c": none of these can begin: a waits for c waits for b waits for a'],
  ],
  [
    'a kind before the name, as kubectl has it', [job('extract'), job('a', 'job.batch/extract')],
    [expect.stringMatching(/^metadata\.annotations\[cdk8s-jobs\/after\]: Invalid value: "job\.batch\/extract": .* \(what stands before the slash is a namespace: write extract\)$/) as string],
  ],
  [
    'what can be no name', [job('a', 'Extract Data')],
    [expect.stringContaining('Invalid value: "Extract Data": names of Jobs with commas between them, namespace/name for another namespace: a lowercase RFC 1123 subdomain') as string],
  ],
])('%s is refused', (_, objects, findings) => {
  expect(orderOf(objects).faults.map(({ finding }) => formatFinding(finding))).toEqual(findings);
});
