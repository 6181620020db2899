import { ManualTimers, settled } from './manual-timers';
import { Pause } from '../../src/runtime/timers';

test.each<[string, (timers: ManualTimers, pause: Pause, stop: AbortController) => void | Promise<void>]>([
  ['its time', (timers) => timers.pass(100)],
  ['whoever has news', (_timers, pause) => pause.end()],
  ['the signal', (_timers, _pause, stop) => stop.abort()],
])('a pause is ended by %s, and leaves nothing behind', async (_, end) => {
  const [timers, stop] = [new ManualTimers(), new AbortController()];
  const pause = new Pause(timers);
  const ended = jest.fn();
  const removed = jest.spyOn(stop.signal, 'removeEventListener');
  void pause.make(100, stop.signal).then(ended);
  await timers.pass(99);
  expect(ended).not.toHaveBeenCalled();
  await end(timers, pause, stop);
  await settled();
  expect(ended).toHaveBeenCalledTimes(1);
  expect(timers.alarms.size).toBe(0);
  expect(removed).toHaveBeenCalledTimes(1);
});

test('news of before do not end a pause, and an aborted signal makes none', async () => {
  const [timers, stop] = [new ManualTimers(), new AbortController()];
  const pause = new Pause(timers);
  pause.end();
  const ended = jest.fn();
  void pause.make(100, stop.signal).then(ended);
  await settled();
  expect(ended).not.toHaveBeenCalled();
  stop.abort();
  await pause.make(100, stop.signal);
  expect(timers.alarms.size).toBe(0);
});
