import { createWorld } from '../../src/engine/world';
import { LiveWorld } from '../../src/local/live-world';

test('what thousands of actions of one step report is taken one after another', () => {
  const clock = { now: () => 0, alarm: () => () => undefined };
  let reported = 0;
  const live: LiveWorld = new LiveWorld({
    world: createWorld({}),
    clock,
    hasHistory: false,
    perform: () => {
      for (; reported < 20_000; reported += 1) live.report({ event: 'tick' });
    },
  });
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'default' } };
  live.dispatch({ event: 'create', object });
  expect(reported).toBe(20_000);
});
