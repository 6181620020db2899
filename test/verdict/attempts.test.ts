import { ended, running, Story } from './story';
import { startJudging } from '../../src/verdict/judge';

test('the attempts of a verdict are those of its time, whenever they are read', () => {
  const story = new Story({ backoffLimit: 3 }).job(0).pod(1, 'a', running).pod(2, 'a', ended(1)).pod(3, 'b', running);
  const judging = startJudging();
  const verdicts = story.lines.map((line) => {
    judging.observe(line);
    return judging.verdict();
  });
  expect(verdicts.map(({ attempts }) => attempts.map(({ pod, result }) => `${pod} ${result}`))).toEqual([
    [], ['a running'], ['a failed'], ['a failed', 'b running'],
  ]);
});
