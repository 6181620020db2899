import { tapes } from './tapes';
import { judge } from '../../src/verdict/judge';

describe.each(tapes.map((tape) => ({ ...tape, title: `${tape.name}: ${tape.what}` })))('$title', ({ lines, truth }) => {
  const said = judge(lines);

  test(`it is ${truth.verdict} because of ${truth.diagnosis}`, () => {
    const { verdict, reason, diagnosis, exitCode } = said;
    expect({ verdict, reason, diagnosis, exitCode }).toEqual({
      verdict: truth.verdict, reason: truth.reason, diagnosis: truth.diagnosis, exitCode: truth.exitCode,
    });
  });

  if (truth.failFastAt !== null) {
    const { failFastAt } = truth;
    test(`it could be said from ${failFastAt} s on`, () => {
      expect(said.decidedAt).toBeGreaterThanOrEqual(failFastAt);
      expect(said.decidedAt).toBeLessThanOrEqual(failFastAt + 1);
    });
  }

  test('it is said in one line, with something to do', () => {
    expect(said.message).toMatch(/^[^\n]+$/);
    expect(said.hint).not.toBe('');
  });
});
