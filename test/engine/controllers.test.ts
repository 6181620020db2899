import { step } from '../../src/engine/step';
import { type Event, type Step, type World, createWorld, listObjects } from '../../src/engine/world';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { events, pods } from '../../src/port/resources';

const spec = { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] } } };

function job(more: object): Event {
  return { event: 'create', object: { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: { ...spec, ...more } } };
}

/** Ticks until a time, in milliseconds. */
function tickTo(first: Step, until: number): readonly { readonly at: number; readonly step: Step }[] {
  const steps = [{ at: 0, step: first }];
  for (let last = first; last.wakeAt !== undefined && last.wakeAt <= until;) {
    const at = last.wakeAt;
    last = step(last.world, { event: 'tick' }, at);
    steps.push({ at, step: last });
  }
  return steps;
}

function messages(world: World): readonly string[] {
  return listObjects(world, events).map(({ reason, message, count }) => `${String(reason)}: ${String(message)} x${String(count)}`);
}

test('a pod that is refused is said, and tried again after 1, 2, 4 seconds and so on up to a minute', () => {
  const world = createWorld({ refuse: ({ kind }: KubernetesObject) => (kind === 'Pod' ? 'pods "j" is forbidden: exceeded quota' : undefined) });
  const steps = tickTo(step(world, job({}), 0), 200_000);
  const tries = steps.filter(({ step: { actions } }) => actions.some((action) => action.action === 'changed' && action.resource.kind === 'Event'));
  expect(tries.map(({ at }) => at / 1000)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
  expect(messages(steps.at(-1)?.step.world ?? world)).toEqual(['FailedCreate: Error creating: pods "j" is forbidden: exceeded quota x9']);
});

test('pods are made one, two, four at a time: a refusal stops what comes after its batch', () => {
  let made = 0;
  const refuse = ({ kind }: KubernetesObject): string | undefined => {
    if (kind === 'Pod') made += 1;
    return kind === 'Pod' && made === 2 ? 'no' : undefined;
  };
  const { world } = step(createWorld({ refuse }), job({ completions: 20, parallelism: 20 }), 0);
  expect(listObjects(world, pods)).toHaveLength(2);
});

test('a completion mode that nobody knows is said, and nothing is done', () => {
  const { world } = step(createWorld(), job({ completions: 1, completionMode: 'Other' }), 0);
  expect(messages(world)).toEqual(['UnknownCompletionMode: Skipped Job sync because completion mode is unknown x1']);
  expect(listObjects(world, pods)).toEqual([]);
});
