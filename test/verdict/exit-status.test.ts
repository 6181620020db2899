import { ended, going, isTrue, running, Story, unplaced, waiting } from './story';
import { exitStatus, timedOut } from '../../src/verdict/exit-status';
import { judge, startJudging } from '../../src/verdict/judge';

const done = { conditions: [isTrue('SuccessCriteriaMet', 'CompletionsReached'), isTrue('Complete', 'CompletionsReached')] };
const killed = new Story().job(0).pod(0, 'a', running).pod(1, 'a', running, { metadata: going });

test.each<[string, Story, number]>([
  ['complete', new Story().job(0, done), 0],
  ['complete and gone by its ttl', new Story({ ttlSecondsAfterFinished: 0 }).job(0, done, { type: 'DELETED' }), 0],
  ['complete although a worker exited 7', new Story({ completions: undefined }).job(0).pod(1, 'a', ended(0)).pod(2, 'b', ended(7)).job(3, done), 0],
  ['the container\'s own code', new Story().job(0).pod(1, 'a', ended(42)).failed(2), 42],
  ['137 of a container killed for memory', new Story().job(0).pod(1, 'a', ended(137, 'OOMKilled')).failed(2), 137],
  ['a program killed for memory that exits 0 is no success', new Story().job(0).pod(1, 'a', ended(0, 'OOMKilled', { phase: 'Failed' })).failed(2), 1],
  ['127 of a shell', new Story().job(0).pod(1, 'a', ended(127)).failed(2), 127],
  ['a command that is not in the image did not start', new Story().job(0).pod(1, 'a', ended(128, 'StartError', { message: 'exec: "x": executable file not found' })).failed(2), 126],
  ['the node refused it', new Story().job(0).pod(1, 'a', { phase: 'Failed', reason: 'OutOfcpu', message: 'Pod was rejected' }).failed(2), 126],
  ['an image that was not there until the deadline', new Story().job(0).pod(1, 'a', waiting('ErrImagePull', 'not found')).failed(9, 'DeadlineExceeded'), 126],
  ['no node until the deadline', new Story().job(0).pod(1, 'a', unplaced('0/1 nodes are available: 1 Insufficient cpu.')).failed(9, 'DeadlineExceeded'), 126],
  ['the Job\'s own deadline', killed.pod(2, 'a', ended(137), { metadata: going }).failed(4, 'DeadlineExceeded'), 124],
  ['an exit code of 0 after the deadline is no success', new Story().job(0).pod(0, 'a', running).pod(1, 'a', ended(0, 'Completed', { phase: 'Running' }))
    .pod(2, 'a', ended(0, 'Completed', { phase: 'Running' }), { metadata: going }).gaveUp(2, 'DeadlineExceeded').pod(3, 'a', ended(0), { metadata: going }), 124],
  ['evicted', new Story().job(0).pod(1, 'a', { ...running, conditions: [isTrue('DisruptionTarget', 'EvictionByEvictionAPI')] }, { metadata: going }).failed(2), 1],
  ['deleted', new Story().job(0).job(1, {}, { type: 'DELETED' }), 127],
  ['being deleted', new Story().job(0).job(1, {}, { metadata: going }), 127],
  ['refused as invalid', new Story().action(0, { do: 'create', kind: 'Job', name: 'task' }, { code: 422, body: { reason: 'Invalid', message: 'is invalid' } }), 125],
  ['refused for a quota', new Story().action(0, { do: 'create', kind: 'Job', name: 'task' }, { code: 403, body: { reason: 'Forbidden', message: 'exceeded quota: team' } }), 126],
  ['suspended', new Story({ suspend: true }).job(0, { conditions: [isTrue('Suspended', 'JobSuspended')] }), 126],
])('%s', (_sentence, { lines }, status) => {
  expect(exitStatus(judge(lines))).toBe(status);
});

test('the caller\'s patience ends with 124, unless the Job was decided', () => {
  expect(exitStatus(timedOut(judge(new Story().job(0).pod(1, 'a', running).lines), 60))).toBe(124);
  expect(exitStatus(timedOut(judge(new Story().job(0, done).lines), 60))).toBe(0);
  expect(exitStatus(timedOut(judge(new Story().job(0).pod(1, 'a', ended(3)).gaveUp(2).lines), 60))).toBe(3);
});

test('a cause that cannot heal ends with 126 before any container ran', () => {
  const judging = startJudging();
  for (const line of new Story().job(0).pod(1, 'a', waiting('InvalidImageName')).lines) judging.observe(line);
  expect(exitStatus(judging.failFast(1) ?? judging.verdict())).toBe(126);
});

test('a last try that failed ends with the code of the container', () => {
  const judging = startJudging();
  const containers = [{ name: 'main' }, { name: 'helper' }];
  const status = {
    phase: 'Running',
    containerStatuses: [{ name: 'helper', state: { running: {} } }, { name: 'main', state: { terminated: { exitCode: 4, reason: 'Error', containerID: 'c://1' } } }],
  };
  const story = new Story({ template: { spec: { restartPolicy: 'Never' } } }).job(0).pod(1, 'a', status, { spec: { containers } });
  for (const line of story.lines) judging.observe(line);
  expect(exitStatus(judging.failFast(1) ?? judging.verdict())).toBe(4);
});
