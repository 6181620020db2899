import { parseIndexSet } from '../../src/api/index-set';
import type { JobSpec, SuccessPolicyRule } from '../../src/api/kubernetes';
import { nextBackoff, remainingBackoffMs } from '../../src/engine/backoff';
import { matchFailurePolicy } from '../../src/engine/failure-policy';
import { startableIndexes } from '../../src/engine/indexes';
import type { StoredPod } from '../../src/engine/objects';
import { terminatingToWaitFor } from '../../src/engine/pod-replacement';
import { matchSuccessPolicy } from '../../src/engine/success-policy';

/** A pod whose one container ended at a second with a code. */
function ended(second: number, exitCode: number, more: object = {}): StoredPod {
  const finishedAt = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
  return {
    metadata: { name: 'p', namespace: 'default', annotations: {} },
    spec: { containers: [] },
    status: { phase: exitCode === 0 ? 'Succeeded' : 'Failed', containerStatuses: [{ name: 'main', state: { terminated: { exitCode, finishedAt } } }], ...more },
  } as unknown as StoredPod;
}

test.each([
  ['nothing new keeps the record', 2, [], [], 2],
  ['every failure counts', 1, [], [5, 6], 3],
  ['a success clears', 4, [5], [], 0],
  ['with both, failures after the last success count', 4, [5], [4, 5, 6, 7], 2],
  ['failures of the same second as the success do not', 4, [5], [5], 0],
])('%s', (_, known, succeeded, failed, wanted) => {
  const record = nextBackoff({ failures: known, lastFailure: 0 }, succeeded.map((at) => ended(at, 0)), failed.map((at) => ended(at, 1)));
  expect(record.failures).toBe(wanted);
});

test.each([[0, 0], [1, 10], [2, 20], [6, 320], [7, 600], [60, 600]])('after %i failures the wait is %i seconds', (failures, seconds) => {
  expect(remainingBackoffMs({ failures, lastFailure: 1000 }, 1000)).toBe(seconds * 1000);
  expect(remainingBackoffMs({ failures, lastFailure: 0 }, seconds * 1000)).toBe(0);
});

test.each([
  ['In', [3], 3, undefined, true],
  ['In', [3], 4, undefined, false],
  ['NotIn', [3], 4, undefined, true],
  ['NotIn', [3], 3, undefined, false],
  ['NotIn', [3], 0, undefined, false],
  ['In', [3], 3, 'other', false],
])('%s %j against exit code %i of container %s', (operator, values, exitCode, containerName, isMatch) => {
  const onExitCodes = { operator, values, ...(containerName === undefined ? {} : { containerName }) };
  const spec = { podFailurePolicy: { rules: [{ action: 'Ignore', onExitCodes }] } } as unknown as JobSpec;
  expect(matchFailurePolicy(spec, ended(1, exitCode))).toEqual(isMatch ? { action: 'Ignore', counts: false } : { counts: true });
});

test.each<readonly [string, SuccessPolicyRule, string, boolean]>([
  ['all of a list', { succeededIndexes: '0,2' }, '0-2', true],
  ['a part of a list', { succeededIndexes: '0,2' }, '0,1', false],
  ['enough of a list', { succeededIndexes: '0-3', succeededCount: 2 }, '1,3', true],
  ['enough, but not of the list', { succeededIndexes: '0-1', succeededCount: 1 }, '2,3', false],
  ['enough of all', { succeededCount: 2 }, '1,4', true],
  ['no success', { succeededCount: 0 }, '', false],
])('success policy: %s', (_, rule, succeeded, isMet) => {
  const spec = { completions: 5, successPolicy: { rules: [rule] } } as unknown as JobSpec;
  expect(matchSuccessPolicy(spec, parseIndexSet(succeeded))).toBe(isMet ? 'Matched rules at index 0' : undefined);
});

test('of the indexes that may come next those that wait are left out; when all wait the shortest wait counts', () => {
  const delayed = new Map([[0, ended(0, 1)], [1, ended(4, 1)]]);
  expect(startableIndexes([0, 1, 2], delayed, 5000)).toEqual({ indexes: [2], remainingMs: 0 });
  expect(startableIndexes([0, 1], delayed, 5000)).toEqual({ indexes: [], remainingMs: 5000 });
  expect(startableIndexes([0, 1], delayed, 14_000)).toEqual({ indexes: [0, 1], remainingMs: 0 });
});

test.each([['Failed', 2], ['TerminatingOrFailed', 0], [undefined, 0]])('with podReplacementPolicy %s, %i of two terminating pods hold their place', (policy, wanted) => {
  expect(terminatingToWaitFor({ podReplacementPolicy: policy } as unknown as JobSpec, 2)).toBe(wanted);
});
