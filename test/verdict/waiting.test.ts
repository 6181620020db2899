import { Story } from './story';
import { History } from '../../src/verdict/history';
import type { JobFacts } from '../../src/verdict/job-facts';
import { JobPods } from '../../src/verdict/job-pods';
import { PodFacts } from '../../src/verdict/pod-facts';
import { waitingCause } from '../../src/verdict/waiting';

test('a Job may have more pods than a call can have arguments', () => {
  const history = new History({ name: 'task' });
  for (const line of new Story().job(0).event(1, 'job', 'FailedCreate', 'exceeded quota: team').lines) history.observe(line);
  history.settle();
  const ended = new PodFacts('pod-1', 0, { status: { phase: 'Succeeded' } });
  ended.endedAt = 0;
  const pods = new JobPods(history);
  for (let count = 0; count < 150_000; count += 1) pods.note(pods.add(ended));
  jest.spyOn(history, 'podsOf').mockReturnValue(pods);
  expect(waitingCause(history, history.job as JobFacts, Infinity)).toMatchObject({ code: 'QuotaExceeded', knownAt: 1 });
});
