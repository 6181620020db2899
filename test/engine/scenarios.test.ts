import { type Expectation, type Scenario, play, scenarios } from './scenario';
import type { JobStatus } from '../../src/api/kubernetes';
import type { Trace } from '../../src/testing/trace';

const refused = scenarios.filter(({ expect: { createCode } }) => createCode === 422);
const admitted = scenarios.filter(({ expect: { createCode } }) => createCode !== 422);
const compared: ReadonlySet<string> = new Set([
  'condition', 'reason', 'succeeded', 'failed', 'podsCreated', 'completedIndexes', 'failedIndexes', 'jobGone', 'podsGone', 'podLabels',
  'containerStarts', 'podStarts', 'actionCodes',
]);
const jobs = admitted.filter(({ job }) => job !== undefined);

test.each(jobs)('$id ends as on a real control plane: $expect.notes', (scenario) => {
  const trace = play(scenario);
  expect(outcomeOf(trace, scenario.expect)).toEqual(wanted(scenario.expect));
  expect(trace.message ?? '').toMatch(new RegExp(scenario.expect.messageMatches ?? ''));
  expectTimes(trace, scenario);
});

test.each(refused.filter(({ cronJob }) => cronJob === undefined))('$id is refused, and nothing runs: $expect.notes', (scenario) => {
  const trace = play(scenario);
  expect(trace.findings).not.toEqual([]);
  expect(trace.pods).toEqual([]);
  expect(trace.jobs).toEqual([]);
});

/** Only the keys that the scenario speaks of. */
function outcomeOf(trace: Trace, expected: Expectation): Partial<Expectation> {
  const status: JobStatus = trace.status as JobStatus;
  const all: Expectation = {
    condition: trace.condition,
    reason: trace.reason,
    succeeded: status.succeeded ?? 0,
    failed: status.failed ?? 0,
    podsCreated: trace.pods.length,
    completedIndexes: status.completedIndexes ?? (expected.completedIndexes === '' ? '' : null),
    failedIndexes: status.failedIndexes ?? null,
    jobGone: trace.jobs[0]?.deletedAt !== undefined,
    podsGone: trace.pods.every(({ goneAt }) => goneAt !== undefined),
    podLabels: Object.keys(trace.pods[0]?.labels ?? {}),
    containerStarts: trace.pods[0]?.containerStarts.slice(0, expected.containerStarts?.length) ?? [],
    podStarts: trace.pods.map(({ createdAt }) => createdAt),
    actionCodes: trace.answers.map(({ code }) => code),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in expected));
}

function wanted(expected: Expectation): Partial<Expectation> {
  return Object.fromEntries(Object.entries(expected).filter(([name]) => compared.has(name)));
}

function expectTimes(trace: Trace, { expect: { minElapsedSeconds, maxElapsedSeconds, deletedNotBefore } }: Scenario): void {
  if (trace.elapsed !== undefined) {
    expect(trace.elapsed).toBeGreaterThanOrEqual(minElapsedSeconds ?? 0);
    expect(trace.elapsed).toBeLessThanOrEqual(maxElapsedSeconds ?? Number.POSITIVE_INFINITY);
  }
  if (deletedNotBefore !== undefined) expect(trace.jobs[0]?.deletedAt).toBeGreaterThanOrEqual(deletedNotBefore);
}
