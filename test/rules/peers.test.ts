import { formatFinding } from '../../src/core/finding';
import { findPeerFaults } from '../../src/rules/peers';

const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] };

function ring({ subdomain = 'ring' as string | undefined, labels = { app: 'ring' }, metadata = { name: 'ring' } as object, mode = 'Indexed' } = {}): object {
  const template = { metadata: { labels }, spec: { ...pod, ...(subdomain === '' ? {} : { subdomain }) } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { completionMode: mode, completions: 3, parallelism: 3, template } };
}

function nightly(): object {
  const { spec } = ring() as { spec: object };
  return { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: { schedule: '@daily', jobTemplate: { spec } } };
}

function service(spec: object = {}, metadata: object = { name: 'ring' }): object {
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector: { app: 'ring' }, ...spec } };
}

const faultsOf = (objects: readonly object[], namespace?: string): string[] =>
  findPeerFaults(objects, namespace).map(({ position, finding }) => `${position} ${finding.severity} ${finding.rule}: ${formatFinding(finding)}`);

test.each<[string, readonly object[]]>([
  ['a headless Service with the label of the template', [ring(), service()]],
  ['a Service behind the Job, and before it', [service(), ring()]],
  ['the label with the name of the Job, which is generated', [ring(), service({ selector: { 'batch.kubernetes.io/job-name': 'ring' } })]],
  ['the older label of the same', [ring(), service({ selector: { 'job-name': 'ring' } })]],
  ['a CronJob', [nightly(), service()]],
  ['a Service without a selector: somebody else writes its addresses', [ring(), service({ selector: {} })]],
  ['a Job that is not Indexed: its pods have no host names', [ring({ mode: 'NonIndexed' })]],
  ['an Indexed Job without peers', [ring({ subdomain: '' }), service({ selector: { app: 'web' } })]],
  ['a Service with an address for an Indexed Job without subdomain', [ring({ subdomain: '' }), service({ clusterIP: undefined })]],
  ['a Service of another group', [ring({ subdomain: '' }), { ...service(), apiVersion: 'serving.knative.dev/v1' }]],
])('nothing is found in %s', (_, objects) => {
  expect(faultsOf(objects)).toEqual([]);
});

test.each<[string, readonly object[], string[]]>([
  ['no Service', [ring()], ['0 warning peers-have-a-service: spec.template.spec.subdomain: Not found: "ring": there is no Service of this name among what was checked: without a headless one, no pod is found by its host name']],
  ['no Service for a CronJob', [nightly()], [expect.stringMatching(/^0 warning peers-have-a-service: spec\.jobTemplate\.spec\.template\.spec\.subdomain: /) as string]],
  ['a Service of another name', [ring({ subdomain: 'rings' }), service()],
    ['0 warning peers-have-a-service: spec.template.spec.subdomain: Not found: "rings": there is no Service of this name, but Service "ring" has these pods: write its name']],
  ['a Service of another namespace', [ring(), service({}, { name: 'ring', namespace: 'web' })],
    ['0 warning peers-have-a-service: spec.template.spec.subdomain: Not found: "ring": the Service of this name is in another namespace, web: pods have names in their own']],
  ['an address of its own', [ring(), service({ clusterIP: undefined })],
    ['1 warning peers-service-is-headless: spec.clusterIP: Invalid value: gives the name ring alone an address, and none to its pods: write None']],
  ['another label', [ring(), service({ selector: { app: 'ring', tier: 'x' } })],
    ['1 warning peers-service-selects-them: spec.selector[tier]: Invalid value: "x": the pods of the Job with this subdomain have no such label']],
  ['another value', [ring(), service({ selector: { app: 'web' } })],
    ['1 warning peers-service-selects-them: spec.selector[app]: Invalid value: "web": the pods of the Job with this subdomain have the value "ring"']],
  ['the name of a Job that is generated', [ring({ metadata: { generateName: 'ring-' } }), service({ selector: { 'job-name': 'ring' } })],
    ['1 warning peers-service-selects-them: spec.selector[job-name]: Invalid value: "ring": the value that the pods get is made in the cluster: select by a label of your own in the template']],
  ['the name of a CronJob for that of its Jobs', [nightly(), service({ selector: { 'job-name': 'nightly' } })],
    [expect.stringContaining('made in the cluster') as string]],
  ['those alone that are ready', [ring(), service({ publishNotReadyAddresses: undefined })],
    ['1 warning peers-found-before-ready: spec.publishNotReadyAddresses: Invalid value: pods that wait for one another to be ready do not find one another: write true']],
  ['a headless Service, and no subdomain', [ring({ subdomain: '' }), service()],
    ['0 advice peers-have-a-subdomain: spec.template.spec.subdomain: Required value: headless Service "ring" has these pods, but without subdomain: ring none of them is found by its host name']],
])('found in %s', (_, objects, expected) => {
  expect(faultsOf(objects)).toEqual(expected);
});

test('objects without a namespace go to that of the call', () => {
  expect(faultsOf([ring(), service({}, { name: 'ring', namespace: 'media' })], 'media')).toEqual([]);
});

test.each([undefined, null, 7, 'text', [], {}, { kind: 'Service' }, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'ring' } }])('%j beside a Job is no reason to give up', (value) => {
  expect(faultsOf([ring(), value as object])).toHaveLength(value !== null && typeof value === 'object' && 'metadata' in value ? 2 : 1);
});
