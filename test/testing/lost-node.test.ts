/** Pods whose nodes are lost: a simulation shows what the tapes of a real cluster show. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { kubernetesJob } from './jobs';
import type { JobStatus } from '../../src/api/kubernetes';
import { renderTrace } from '../../src/cli/tables/trace-report';
import { formatFinding } from '../../src/core/finding';
import { checkScript } from '../../src/testing/check-script';
import type { PodRun } from '../../src/testing/pod-script';
import { simulate } from '../../src/testing/simulate';
import type { Trace } from '../../src/testing/trace';
import { describeEnds } from '../../src/testing/trace-ends';

interface TapeLine {
  readonly at: number;
  readonly watch?: string;
  readonly type?: string;
  readonly object?: { readonly kind: string; readonly status?: JobStatus };
}

interface TapeHead {
  readonly manifests: ReadonlyArray<{ readonly kind: string }>;
  readonly truth: { readonly verdict: string; readonly reason: string };
}

function readTape(name: string): readonly [TapeHead, readonly TapeLine[]] {
  const [head = '', ...lines] = readFileSync(join(__dirname, '..', 'verdict', 'tapes', `${name}.jsonl`), 'utf8').trim().split('\n');
  return [JSON.parse(head) as TapeHead, lines.map((line) => JSON.parse(line) as TapeLine)];
}

/** What a status says, without times. Whether the pod after the lost one was seen ready is a matter of luck: it ends within a second. */
function words({ active = 0, ready = 0, terminating = 0, succeeded = 0, failed = 0, conditions = [] }: JobStatus): string {
  const counts = Object.entries({ active, ready: failed > 0 ? 0 : ready, terminating, succeeded, failed }).filter(([, count]) => count > 0);
  return [...counts.map(([name, count]) => `${name} ${count}`), ...conditions.map(({ type, reason }) => `${type}/${reason ?? ''}`)].join(', ');
}

/** What a watcher sees of a Job, each time that it is something else. */
function told(
  statuses: ReadonlyArray<{ readonly at: number; readonly status: JobStatus }>,
): ReadonlyArray<{ readonly at: number; readonly said: string }> {
  const lines = statuses.map(({ at, status }) => ({ at, said: words(status) })).filter(({ said }) => said !== '');
  return lines.filter(({ said }, position) => said !== lines[position - 1]?.said);
}

/** In the tapes the heartbeats end six seconds before the Job is made; a script cannot lose a node before its pod runs. */
const headStart = 6;

test.each<[string, readonly PodRun[]]>([
  ['node-lost', [{ reason: 'DeletionByTaintManager', nodeRemovedAfter: 62 + headStart }, { after: 0.6, exit: 0 }]],
  ['node-lost-deadline', [{ reason: 'DeletionByTaintManager', nodeRemovedAfter: 35 }]],
])('a simulation shows what the tape %s shows, and ends as it does', (name, byOrder) => {
  const [{ manifests, truth }, lines] = readTape(name);
  const job = manifests.find(({ kind }) => kind === 'Job') ?? {};
  const trace = simulate(job, { byOrder });
  expect([trace.condition, trace.reason]).toEqual([truth.verdict, truth.reason]);
  const observed = told(lines.flatMap(({ at, watch, object }) => (watch === 'jobs' && object?.status !== undefined ? [{ at, status: object.status }] : [])));
  const simulated = told(trace.revisions);
  expect(simulated.map(({ said }) => said)).toEqual(observed.map(({ said }) => said));
  for (const [position, { at }] of simulated.entries()) {
    // PodGC looks every twenty seconds; what the script counts from the end of the heartbeats comes later here.
    const late = at - (observed[position]?.at ?? 0);
    expect(late).toBeGreaterThanOrEqual(-7);
    expect(late).toBeLessThanOrEqual(headStart + 2);
  }
});

const silent: PodRun = { after: 10, reason: 'DeletionByTaintManager' };
const works: PodRun = { after: 1, exit: 0 };

test('a node that falls silent is noticed, and its pod deleted after 300 s, but not gone', () => {
  const trace = simulate(kubernetesJob({}), { byOrder: [silent, works] });
  expect(trace.pods).toMatchObject([{ deletedAt: 360, reason: 'DeletionByTaintManager' }, { createdAt: 361, exitCode: 0 }]);
  expect(trace.pods[0]).not.toHaveProperty('endedAt');
  // All work is done, and the Job is not Complete while a pod of it may still run.
  expect([trace.condition, trace.status]).toMatchObject([null, { succeeded: 1, failed: 1, terminating: 1 }]);
  expect(describeEnds(trace)).toEqual([expect.stringMatching(/^etl: Complete when its last pod has ended/)]);
});

test('the pod goes with its Node, and nobody has seen its containers end', () => {
  const trace = simulate(kubernetesJob({}), { byOrder: [{ ...silent, nodeRemovedAfter: 400 }, works] });
  expect(trace).toMatchObject({
    condition: 'Complete', pods: [{ deletedAt: 360, endedAt: 450, goneAt: 450, reason: 'DeletionByPodGC', message: 'PodGC: node no longer exists' }, { exitCode: 0 }],
  });
  expect(trace.pods[0]).not.toHaveProperty('exitCode');
});

test('a Node that is removed takes its pod along 40 s later', () => {
  const trace = simulate(kubernetesJob({}), { byOrder: [{ after: 10, reason: 'DeletionByPodGC' }, works] });
  expect(trace).toMatchObject({ condition: 'Complete', pods: [{ endedAt: 50, goneAt: 51, reason: 'DeletionByPodGC' }, {}] });
});

/** When the pod of a silent node is deleted. */
function deletedAt(tolerations: readonly object[]): number | undefined {
  const job = kubernetesJob({ template: { spec: { tolerations } }, backoffLimit: 0 });
  return simulate(job, { default: { ...silent, nodeRemovedAfter: 2000 } }, { until: 1000 }).pods[0]?.deletedAt;
}

const unreachable = { key: 'node.kubernetes.io/unreachable', operator: 'Exists' };
test.each<[string, readonly object[], number | undefined]>([
  ['of its own seconds', [{ ...unreachable, effect: 'NoExecute', tolerationSeconds: 30 }], 90],
  ['of no seconds at all', [{ ...unreachable, effect: 'NoExecute', tolerationSeconds: -5 }], 60],
  ['for ever', [unreachable], undefined],
  ['of everything, for ever', [{ operator: 'Exists' }], undefined],
  ['of the shortest of several', [unreachable, ...[20, 40].map((tolerationSeconds) => ({ ...unreachable, effect: 'NoExecute', tolerationSeconds }))], 80],
  ['of another taint', [{ ...unreachable, key: 'example.com/a' }], 360],
  ['of another effect', [{ ...unreachable, effect: 'NoSchedule' }], 360],
  ['of another value', [{ key: unreachable.key, operator: 'Equal', value: 'yes' }], 360],
])('a pod with a toleration %s is deleted accordingly', (_, tolerations, expected) => {
  expect(deletedAt(tolerations)).toBe(expected);
});

test('the loss of a node is a disruption, which a policy can ignore', () => {
  const policy = { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] };
  const job = kubernetesJob({ backoffLimit: 0, podFailurePolicy: policy });
  const byOrder: readonly PodRun[] = [{ after: 10, reason: 'DeletionByPodGC' }, works];
  expect(simulate(job, { byOrder })).toMatchObject({ condition: 'Complete', status: { succeeded: 1 } });
  expect(simulate(kubernetesJob({ backoffLimit: 0 }), { byOrder })).toMatchObject({ condition: 'Failed', reason: 'BackoffLimitExceeded' });
});

test('a pod that is stopped before its node is lost ends as any, and one that has two containers loses its node once', () => {
  const early = simulate(kubernetesJob({ activeDeadlineSeconds: 5 }), { default: silent });
  expect(early).toMatchObject({ condition: 'Failed', reason: 'DeadlineExceeded', pods: [{ deletedAt: 5, exitCode: 143 }] });
  const template = { spec: { containers: [{ name: 'a', image: 'x' }, { name: 'b', image: 'x' }] } };
  const both: Trace = simulate(kubernetesJob({ template, backoffLimit: 0 }), { default: { after: 10, reason: 'DeletionByPodGC' } });
  expect([both.condition, both.answers]).toEqual(['Failed', []]);
});

test.each<[string, object, readonly string[]]>([
  ['an exit code', { reason: 'DeletionByPodGC', exit: 3 }, ['default.exit: Forbidden: with reason: DeletionByPodGC its node is lost, and nobody learns how its containers end; leave exit out']],
  ['the removal of a Node that is removed', { reason: 'DeletionByPodGC', nodeRemovedAfter: 3 }, ['default.nodeRemovedAfter: Forbidden: it goes with reason: DeletionByTaintManager, of a node that falls silent; leave nodeRemovedAfter out']],
  ['the removal of a Node that nobody loses', { nodeRemovedAfter: 3 }, ['default.nodeRemovedAfter: Forbidden: it goes with reason: DeletionByTaintManager, of a node that falls silent; leave nodeRemovedAfter out']],
  ['a time before the loss', { ...silent, nodeRemovedAfter: -1 }, ['default.nodeRemovedAfter: Invalid value: -1: expected a number of seconds, 0 or more']],
  ['the word for it that the API does not have', { reason: 'NodeLost' }, ['default.reason: Unsupported value: "NodeLost": a lost node shows as DeletionByPodGC, once it is removed, or as DeletionByTaintManager, when it falls silent']],
  ['nothing else', { ...silent, nodeRemovedAfter: 0, message: 'gone', ignoresTerm: true }, []],
])('a script of a lost node with %s', (_, run, expected) => {
  expect(checkScript({ default: run }, { indexes: undefined }).map(formatFinding)).toEqual(expected);
});

test('the timeline says why a pod was told to stop that does not end', () => {
  const trace = simulate(kubernetesJob({}), { byOrder: [silent, works] });
  expect(renderTrace(trace)).toContainEqual(expect.stringMatching(/^360s {2}pod \S+ told to stop \(DeletionByTaintManager\)$/));
});

test('whatever nodes are lost, a Job that may try again ends, with each pod counted once', () => {
  const run = fc.oneof(
    fc.record({ after: fc.integer({ min: 0, max: 400 }), exit: fc.constantFrom(0, 0, 1) }),
    fc.record({ after: fc.integer({ min: 0, max: 400 }), reason: fc.constant('DeletionByPodGC') }),
    fc.record({ after: fc.integer({ min: 0, max: 400 }), reason: fc.constant('DeletionByTaintManager'), nodeRemovedAfter: fc.integer({ min: 0, max: 900 }) }),
  );
  const shape = fc.record({
    completions: fc.integer({ min: 1, max: 4 }),
    parallelism: fc.integer({ min: 1, max: 4 }),
    completionMode: fc.constantFrom('Indexed', 'NonIndexed'),
    podReplacementPolicy: fc.constantFrom('Failed', 'TerminatingOrFailed'),
  });
  fc.assert(fc.property(shape, fc.array(run, { maxLength: 6 }), (spec, runs) => {
    const trace = simulate(kubernetesJob({ ...spec, backoffLimit: 100 }), { byOrder: [...runs, works] });
    const lost = trace.pods.filter(({ reason }) => reason?.startsWith('DeletionBy') === true);
    expect(trace).toMatchObject({ condition: 'Complete', status: { succeeded: spec.completions, terminating: 0 } });
    expect((trace.status as JobStatus).failed ?? 0).toBe(trace.pods.length - spec.completions);
    expect(lost.filter(({ goneAt, exitCode }) => goneAt === undefined || exitCode !== undefined)).toEqual([]);
  }), { numRuns: 150 });
});
