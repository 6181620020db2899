import type { PodRecord } from '../../src/engine/memory';
import type { StoredPod } from '../../src/engine/objects';
import { forgetReport, isReported, noteReport } from '../../src/engine/pod-reports';
import { Store } from '../../src/engine/store';
import { createWorld } from '../../src/engine/world';

const metadata = { name: 'p', namespace: 'default', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z', generation: 1 };
const pod: StoredPod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'main' }] }, status: { phase: 'Running' } };
const record: PodRecord = { startedAt: 0, containers: {} };

test.each<readonly [string, StoredPod, PodRecord, boolean]>([
  ['the pod and its record are as they were', pod, record, true],
  ['only labels and the resource version are new', { ...pod, metadata: { ...metadata, resourceVersion: '2', labels: { a: 'b' } } }, record, true],
  ['somebody else wrote the status', { ...pod, status: { phase: 'Running' } }, record, false],
  ['the spec is new', { ...pod, spec: { ...pod.spec, activeDeadlineSeconds: 5 } }, record, false],
  ['the generation is new', { ...pod, metadata: { ...metadata, generation: 2 } }, record, false],
  ['the pod is being deleted', { ...pod, metadata: { ...metadata, deletionTimestamp: '2026-01-01T00:00:30Z' } }, record, false],
  ['the record is new', pod, { ...record }, false],
])('%s', (_, next, known, expected) => {
  const store = new Store(createWorld());
  noteReport(store, pod, record);
  expect(isReported(store, next, known)).toBe(expected);
  forgetReport(store, 'u');
  expect(isReported(store, next, known)).toBe(false);
});
