/** Field selectors as Go's fields.ParseSelector of apimachinery v0.37.2 reads them, and the fields of pkg/apis of Kubernetes 1.37. */
import { matchesFieldSelector, readFieldSelector } from '../../src/local/field-selector';
import type { KubernetesObject } from '../../src/port/cluster-port';

test.each<[string, object[]]>([
  ['', []],
  [',', []],
  ['a=b', [{ field: 'a', isEqual: true, value: 'b' }]],
  ['a==b,c!=d', [{ field: 'a', isEqual: true, value: 'b' }, { field: 'c', isEqual: false, value: 'd' }]],
  ['a=', [{ field: 'a', isEqual: true, value: '' }]],
  ['=', []],
  ['a=b\\,c\\=d\\\\', [{ field: 'a', isEqual: true, value: 'b,c=d\\' }]],
  ['a!=!', [{ field: 'a', isEqual: false, value: '!' }]],
])('the text %j is read', (text, terms) => {
  expect(readFieldSelector(text, undefined)).toEqual({ terms });
});

test.each<[string, string | undefined, string]>([
  ['a', undefined, "invalid selector: 'a'; can't understand 'a'"],
  ['a=b=c', undefined, 'invalid field selector: unescaped character in value: 61'],
  ['a=\\x', undefined, 'invalid field selector: invalid escape sequence: \\x'],
  ['a=b\\', undefined, 'invalid field selector: invalid escape sequence: \\'],
  ['stauts.successful!=1', 'Job', 'field label "stauts.successful" not supported for Job'],
  ['=', 'Job', 'field label "" not supported for Job'],
  ['status.successful=1', 'CronJob', '"status.successful" is not a known field selector: only "metadata.name", "metadata.namespace"'],
  ['spec.containers=1', 'Pod', 'field label not supported: spec.containers'],
  ['status.phase=Active', 'Service', 'field label not supported: status.phase'],
])('the text %j for a %s is refused', (text, kind, problem) => {
  expect(readFieldSelector(text, kind)).toEqual({ problem });
});

const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'etl' }, status: { succeeded: 2 } };
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { nodeName: 'node' }, status: { phase: 'Running' } };
const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' }, reportingComponent: 'job-controller', involvedObject: { kind: 'Job', name: 'etl' } };

test.each<[string, KubernetesObject, boolean]>([
  ['status.successful=2', job, true],
  ['status.successful=0', { ...job, status: {} }, true],
  ['metadata.name=etl,status.successful!=2', job, false],
  ['stauts.successful!=1', job, false],
  ['spec.host=node', pod, true],
  ['spec.hostNetwork=false', pod, true],
  ['status.phase!=Running', pod, false],
  ['source=job-controller,involvedObject.kind=Job', event, true],
  ['source=kubelet', { ...event, source: { component: 'kubelet' } }, true],
])('the text %j selects %o: %p', (text, object, selects) => {
  expect(matchesFieldSelector(text, object)).toBe(selects);
});
