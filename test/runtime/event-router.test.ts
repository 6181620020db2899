import { EventRouter } from '../../src/runtime/event-router';
import type { Observation } from '../../src/verdict/observation';

const about = (involvedObject: object): object => ({ apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' }, involvedObject });

function deliveredOf(...events: readonly object[]): unknown[] {
  const delivered: unknown[] = [];
  const router = new EventRouter<string>((target, { object }) => delivered.push([target, object]));
  router.subject('early', 'seen before');
  for (const object of events) router.event({ at: 0, watch: 'events', type: 'ADDED', object } as Observation, object as never);
  router.subject('late', 'seen after');
  return delivered;
}

test('an Event reaches a subject that is known already', () => {
  const event = about({ apiVersion: 'batch/v1', kind: 'Job', uid: 'early' });
  expect(deliveredOf(event)).toEqual([['seen before', event]]);
});

test('an Event waits for a subject that is seen later', () => {
  const event = about({ apiVersion: 'v1', kind: 'Pod', uid: 'late' });
  expect(deliveredOf(event)).toEqual([['seen after', event]]);
});

test('an Event that leaves out the version of its subject is delivered', () => {
  const events = [about({ kind: 'Job', uid: 'early' }), about({ kind: 'Pod', uid: 'early' })];
  expect(deliveredOf(...events)).toEqual(events.map((event) => ['seen before', event]));
});

test.each([
  ['a Job of another group', { apiVersion: 'batch.volcano.sh/v1alpha1', kind: 'Job', uid: 'late' }],
  ['a pod of another group', { apiVersion: 'metrics.k8s.io/v1beta1', kind: 'Pod', uid: 'late' }],
  ['another kind', { apiVersion: 'v1', kind: 'Node', uid: 'late' }],
  ['an object without uid', { apiVersion: 'batch/v1', kind: 'Job' }],
])('an Event about %s is not kept', (_, subject) => {
  expect(deliveredOf(about(subject))).toEqual([]);
});
