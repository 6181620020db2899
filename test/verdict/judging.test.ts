import fc from 'fast-check';
import { ended, going, isTrue, running, Story, unplaced, waiting } from './story';
import { newest, tapes } from './tapes';
import type { JobVerdict } from '../../src/verdict/job-verdict';
import { judge, startJudging } from '../../src/verdict/judge';
import type { Observation } from '../../src/verdict/observation';

const facts = ({ verdict, reason, diagnosis, exitCode, decidedAt, message, hint, attempts }: JobVerdict) =>
  ({ verdict, reason, diagnosis, exitCode, decidedAt, message, hint, attempts });

describe.each(tapes)('$name', ({ lines }) => {
  test('whoever listens all the time never hears a final verdict taken back', () => {
    const judging = startJudging();
    let settled: JobVerdict | undefined;
    for (const line of lines) {
      judging.observe(line);
      const said = judging.verdict();
      if (settled !== undefined) expect([said.verdict, said.reason]).toEqual([settled.verdict, settled.reason]);
      if (said.settled) settled ??= said;
      // Output is recorded in the end, with the time of its beginning.
      if (line.log !== undefined) continue;
      if (said.verdict === 'Complete') expect(saysSo(lines, line.at)).toBe(true);
      if (said.decidedAt !== null && said.verdict !== 'Refused') expect(said.decidedAt).toBeLessThanOrEqual(line.at);
    }
    expect(facts(judging.verdict())).toEqual(facts(judge(lines)));
  });

  test('the order of what arrives in one millisecond does not matter', () => {
    expect(facts(judge(reversedWithinAnInstant(lines)))).toEqual(facts(judge(lines)));
  });

  test.each(['jobs', 'pods', 'events'])('it does not matter that the %s come half a second late', (stream) => {
    const { verdict, reason, diagnosis, exitCode } = judge(lines);
    expect(judge(late(lines, stream, 0.5))).toMatchObject({ verdict, reason, diagnosis, exitCode });
  });

  test('a second delivery of everything after a reconnect does not matter', () => {
    fc.assert(fc.property(fc.nat(lines.length), (cut) => {
      const seen = lines.slice(0, cut);
      const at = seen.at(-1)?.at ?? 0;
      const again = newest(seen).map((line) => ({ ...line, at }));
      expect(facts(judge([...seen, ...again, ...lines.slice(cut)]))).toEqual(facts(judge(lines)));
    }), { numRuns: 4 });
  });

  test('what happens to others does not matter', () => {
    const others: Observation[] = [
      { at: 0.5, watch: 'pods', type: 'ADDED', object: { metadata: { uid: 'x', name: 'x', ownerReferences: [{ kind: 'Job', uid: 'other' }] }, status: { phase: 'Failed' } } },
      { at: 0.5, watch: 'events', type: 'ADDED', object: { metadata: { uid: 'y' }, involvedObject: { uid: 'other' }, reason: 'FailedCreate', message: 'exceeded quota' } },
      { at: 0.5, watch: 'nodes', type: 'ADDED', object: { metadata: { uid: 'z' } } },
    ];
    expect(facts(judge([...lines.slice(0, 3), ...others, ...lines.slice(3)]))).toEqual(facts(judge(lines)));
  });
});

test('runs that end alike within one second are told apart, with container IDs or without', () => {
  const end = { terminated: { exitCode: 3, reason: 'Error', startedAt: '2026-11-23T20:00:00Z', finishedAt: '2026-11-23T20:00:00Z' } };
  const status = (restartCount: number, state: object, lastState: object): Readonly<Record<string, unknown>> => ({ phase: 'Running', containerStatuses: [{ name: 'main', restartCount, state, lastState }] });
  const story = new Story({ backoffLimit: 2 }).job(0)
    .pod(1, 'a', status(0, end, {})).pod(1.1, 'a', status(1, { running: {} }, end)).pod(1.2, 'a', status(1, end, end))
    .pod(1.3, 'a', status(1, { waiting: { reason: 'CrashLoopBackOff' } }, end)).pod(1.4, 'a', status(2, { running: {} }, end)).pod(1.5, 'a', status(2, end, end));
  expect(judge(story.lines).attempts).toHaveLength(3);
});

test('it never throws, whatever it is fed', () => {
  const word = fc.constantFrom('jobs', 'pods', 'events', 'cronjobs', 'ADDED', 'DELETED', 'create', 'Job', 'Failed', 'True', '1', '');
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, word, fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 3 }), tie('object')),
    object: fc.dictionary(fc.constantFrom(
      'at', 'watch', 'type', 'object', 'action', 'answer', 'log', 'metadata', 'uid', 'name', 'namespace', 'resourceVersion', 'deletionTimestamp', 'ownerReferences', 'finalizers',
      'annotations', 'labels', 'spec', 'status', 'conditions', 'reason', 'message', 'phase', 'containerStatuses', 'initContainerStatuses', 'containers', 'state', 'lastState', 'terminated',
      'waiting', 'running', 'exitCode', 'restartCount', 'involvedObject', 'code', 'body', 'do', 'kind', 'suspend', 'parallelism',
    ), tie('value'), { maxKeys: 8 }),
  })).object;
  const mangled = fc.tuple(fc.constantFrom(...tapes), fc.nat(), fc.nat(), json)
    .map(([{ lines }, which, where, junk]) => mangle(lines, which, where, junk));
  fc.assert(fc.property(fc.oneof(fc.array(json, { maxLength: 20 }), mangled), (lines) => {
    const judging = startJudging();
    for (const line of lines) {
      judging.observe(line as unknown as Observation);
      judging.verdict();
      judging.failFast(100);
    }
  }), { numRuns: 150 });
  for (const junk of [null, undefined, 1, 'x', [], { at: NaN }, { at: 'x' }, { at: 1, watch: 'jobs' }]) {
    expect(judge([junk as unknown as Observation]).verdict).toBe('Running');
  }
});

test('a scheduling gate whose name is no text is told without it', () => {
  const named = (name: unknown): string => {
    const gated = { spec: { schedulingGates: [{ name }], containers: [{ name: 'main' }] }, status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] } };
    const story = new Story().job(0);
    const [line] = new Story().pod(1, 'a', gated.status).lines;
    const pod = { ...(line?.object as object), spec: gated.spec };
    return judge([...story.lines, { ...line, at: 1, object: pod } as Observation]).hint;
  };
  expect(named('example.com/quota')).toContain('example.com/quota');
  expect(named(Object.create(null))).toContain('without a name');
});

describe('which Job', () => {
  const two = new Story().job(0).job(1, {}, { metadata: { uid: 'job-2', name: 'other' } }).job(2, { conditions: [isTrue('Complete', 'CompletionsReached')] }, { metadata: { uid: 'job-2', name: 'other' } });

  test.each([
    ['the first that was seen', {}, 'task', 'Running'],
    ['the one with a UID', { uid: 'job-2' }, 'other', 'Complete'],
    ['the one with a name', { name: 'other' }, 'other', 'Complete'],
    ['none of that name', { name: 'absent' }, null, 'Running'],
    ['none in that namespace', { name: 'other', namespace: 'elsewhere' }, null, 'Running'],
  ])('%s', (_sentence, options, name, verdict) => {
    expect(judge(two.lines, options)).toMatchObject({ name, verdict });
  });

  test('the first that was created, though another was there before', () => {
    const story = new Story().action(0, { do: 'create', kind: 'Job', name: 'other' }, { code: 201, uid: 'job-2' });
    expect(judge([...story.lines, ...two.lines])).toMatchObject({ name: 'other', uid: 'job-2', verdict: 'Complete' });
  });

  test('the one that was created, before it has been seen', () => {
    const story = new Story().action(0, { do: 'create', kind: 'Job', name: 'other' }, { code: 201, uid: 'job-2' });
    expect(judge(story.lines, { uid: 'job-2' })).toMatchObject({ name: 'other', uid: null, verdict: 'Running' });
  });

  test('of a CronJob the first Job, whether it or the observer made it', () => {
    const story = new Story().action(0, { do: 'create', kind: 'CronJob', name: 'nightly' }, { code: 201, uid: 'cron-1' });
    const byHand = new Story().action(1, { do: 'create', kind: 'Job', name: 'other' }, { code: 201, uid: 'job-2' });
    const owned = new Story({}, { ownerReferences: [{ kind: 'CronJob', uid: 'cron-1' }] }).job(5);
    expect(judge([...story.lines, ...two.lines])).toMatchObject({ name: null });
    expect(judge([...story.lines, ...byHand.lines, ...two.lines])).toMatchObject({ name: 'other' });
    expect(judge([...story.lines, ...owned.lines])).toMatchObject({ name: 'task' });
  });

  test('a refusal counts for the Job that was refused', () => {
    const story = new Story().action(0, { do: 'create', kind: 'Job', name: 'task' }, { code: 201, uid: 'job-1' })
      .action(0.1, { do: 'create', kind: 'Job', name: 'third' }, { code: 403, body: { reason: 'Forbidden', message: 'exceeded quota: team' } });
    expect(judge(story.lines)).toMatchObject({ verdict: 'Running' });
    expect(judge(story.lines, { name: 'third' })).toMatchObject({ name: 'third', verdict: 'Refused', reason: 'Forbidden', diagnosis: 'QuotaExceeded' });
  });

  test('what was set up before does not count', () => {
    const story = new Story().action(-1, { do: 'create', kind: 'Job', name: 'task' }, { code: 201, uid: 'job-1' }).action(0, { do: 'apply', kind: 'Job', name: 'other' }, { code: 200, uid: 'job-2' });
    expect(judge([...story.lines, ...two.lines])).toMatchObject({ name: 'other' });
  });

  test('the pods of its namesake are not its own', () => {
    const story = new Story().job(0).job(1, {}, { type: 'DELETED' }).job(2, {}, { metadata: { uid: 'job-2' } })
      .pod(3, 'a', ended(1), { metadata: { ownerReferences: [{ kind: 'Job', uid: 'job-2' }] } });
    expect(judge(story.lines).attempts).toEqual([]);
    expect(judge(story.lines, { uid: 'job-2' }).attempts).toHaveLength(1);
  });
});

describe('while the Job lives', () => {
  const at = (story: Story, options = {}) => {
    const judging = startJudging(options);
    for (const line of story.lines) judging.observe(line);
    return judging;
  };
  const missing = new Story().job(0).pod(1, 'a', waiting('ErrImagePull', 'x: not found'));

  test.each<[string, Story, number | undefined]>([
    // sentence, story, when the grace ends
    ['an image that is not there is given 20 s', missing, 21],
    ['a registry that is overloaded is given five minutes', new Story().job(0).pod(1, 'a', waiting('ErrImagePull', '429 Too Many Requests')), 301],
    ['an image name that is none is given nothing', new Story().job(0).pod(1, 'a', waiting('InvalidImageName')), 1],
    ['a full cluster is given a minute', new Story().job(0).pod(1, 'a', unplaced('0/1 nodes are available: 1 Insufficient cpu.')), 61],
    ['a gate is somebody\'s intention', new Story().job(0).pod(1, 'a', unplaced('Scheduling is blocked', 'SchedulingGated')), undefined],
    ['nothing wrong', new Story().job(0).pod(1, 'a', running), undefined],
    ['an exit code is a matter of retries', new Story({ backoffLimit: 6 }).job(0).pod(1, 'a', ended(1)), undefined],
    ['a program that is missing is certain when no retry is left, and the Job says so itself before long', new Story({ template: { spec: { restartPolicy: 'Never' } } }).job(0).pod(1, 'a', ended(128, 'StartError', { message: 'exec: "x": executable file not found' })), 31],
    ['a program that is missing is given a grace while there are retries', new Story({ backoffLimit: 2, template: { spec: { restartPolicy: 'Never' } } }).job(0).pod(1, 'a', ended(128, 'StartError', { message: 'exec: "x": executable file not found' })), 21],
    ['one pod that is stuck does not end what others do', new Story().job(0).pod(0, 'b', running).pod(1, 'a', waiting('ErrImagePull', 'x: not found')), undefined],
    ['a Job that has ended needs no patience', new Story().job(0).pod(1, 'a', ended(1)).failed(2), undefined],
    ['nor has one that is gone', new Story().job(0).pod(1, 'a', waiting('InvalidImageName')).job(2, {}, { metadata: going }), undefined],
  ])('%s', (_sentence, story, end) => {
    const judging = at(story);
    expect(judging.wakeAt).toBe(end);
    expect(judging.failFast((end ?? 1e9) - 0.001)).toBeUndefined();
    expect(judging.failFast(end ?? 1e9)?.stuck).toBe(end === undefined ? undefined : true);
  });

  test('patience is an option, cause by cause', () => {
    expect(at(missing, { grace: { ImagePullBackOff: 5 } }).wakeAt).toBe(6);
    expect(at(missing, { grace: { ImagePullBackOff: null } }).wakeAt).toBeUndefined();
    expect(at(missing, { grace: { SecretMissing: 5 } }).wakeAt).toBe(21);
  });

  test('a cause that heals is forgotten', () => {
    const judging = at(new Story().job(0).pod(1, 'a', waiting('CreateContainerConfigError', 'secret "x" not found')).pod(7, 'a', running));
    expect(judging.failFast(1000)).toBeUndefined();
  });

  test('the verdict names the pod, the container and what to do', () => {
    expect(at(missing).failFast(21)).toMatchObject({
      verdict: 'Running',
      diagnosis: 'ImagePullBackOff',
      stuck: true,
      canHeal: false,
      settled: false,
      message: 'pod a, container main: ImagePullBackOff: x: not found',
      hint: 'Image app:1 does not exist in its registry: check name and tag.',
    });
  });
});

describe('what is told besides', () => {
  test('every run of every container', () => {
    const story = new Story({ backoffLimit: 1 }).job(0).pod(1, 'a', ended(3)).pod(11, 'b', running);
    expect(judge(story.lines).attempts).toEqual([
      { pod: 'a', index: null, container: 'main', result: 'failed', exitCode: 3, reason: 'Error', seconds: 2 },
      { pod: 'b', index: null, container: 'main', result: 'running', exitCode: null, reason: null, seconds: null },
    ]);
  });

  test('a pod that was ended from outside is killed, not failed', () => {
    const story = new Story().job(0).pod(0, 'a', running).pod(1, 'a', running, { metadata: going }).pod(2, 'a', ended(137), { metadata: going });
    expect(judge(story.lines).attempts).toMatchObject([{ pod: 'a', result: 'killed', exitCode: 137 }]);
  });

  test('a container that went with its node has no end, and a sidecar that ends with its pod did not fail', () => {
    const lost = new Story().job(0).pod(0, 'a', running).pod(1, 'a', running, { metadata: going, type: 'DELETED' });
    expect(judge(lost.lines).attempts).toMatchObject([{ container: 'main', result: 'killed', exitCode: null }]);
    const spec = { initContainers: [{ name: 'proxy', restartPolicy: 'Always' }], containers: [{ name: 'main' }] };
    const proxy = { name: 'proxy', state: { terminated: { exitCode: 137, reason: 'Error', containerID: 'c://2' } } };
    const pod = new Story().job(0).pod(1, 'a', { ...ended(0), initContainerStatuses: [proxy] }, { spec });
    expect(judge(pod.lines).attempts).toMatchObject([{ container: 'proxy', result: 'killed' }, { container: 'main', result: 'succeeded' }]);
  });

  test('the counters, absent ones as 0', () => {
    expect(judge(new Story({ completions: 3 }).job(0, { active: 2, succeeded: 1 }).lines).counts)
      .toEqual({ active: 2, ready: 0, succeeded: 1, failed: 0, terminating: 0, wanted: 3 });
  });

  test.each<[string, Story, string | null]>([
    ['it is there', new Story({ ttlSecondsAfterFinished: 9 }).job(0), null],
    ['its ttl took it after it had failed', new Story({ ttlSecondsAfterFinished: 0 }).job(0).failed(1).failed(2, 'BackoffLimitExceeded', '', { metadata: going }), 'ttl'],
    ['somebody deleted it before its ttl began', new Story({ ttlSecondsAfterFinished: 9 }).job(0).job(1, {}, { type: 'DELETED' }), 'deleted'],
    ['a new one has taken its place', new Story().job(0).job(1, {}, { type: 'DELETED' }).job(2, {}, { metadata: { uid: 'job-2' } }), 'replaced'],
  ])('where it went: %s', (_sentence, { lines }, gone) => {
    expect(judge(lines).gone).toBe(gone);
  });

  test('a failure that is announced is settled, and over when its pods have ended', () => {
    expect(judge(new Story().job(0).gaveUp(1).lines)).toMatchObject({ verdict: 'Failed', settled: true, over: false });
    expect(judge(new Story().job(0).failed(1).lines)).toMatchObject({ verdict: 'Failed', settled: true, over: true });
  });

  test('a cause may be known long before it ends the Job', () => {
    const story = new Story().job(0).pod(1, 'a', waiting('ErrImagePull', 'x: not found'));
    expect(judge(story.lines)).toMatchObject({ decidedAt: 1, settledAt: null });
    expect(judge(story.gaveUp(600, 'DeadlineExceeded').lines)).toMatchObject({ decidedAt: 1, settledAt: 600, over: false });
  });
});

/** Whether the Job itself had announced success by then. */
function saysSo(lines: readonly Observation[], at: number): boolean {
  return lines.some((line) => line.at <= at && line.watch === 'jobs' && /"type":"(SuccessCriteriaMet|Complete)","status":"True"/.test(JSON.stringify(line.object)));
}

function reversedWithinAnInstant(lines: readonly Observation[]): Observation[] {
  const instants: Observation[][] = [];
  for (const line of lines) {
    const last = instants.at(-1);
    if (last?.[0]?.at === line.at) last.unshift(line);
    else instants.push([line]);
  }
  return instants.flat();
}

function late(lines: readonly Observation[], stream: string, seconds: number): Observation[] {
  const moved = lines.map((line, place) => ({ line: line.watch === stream ? { ...line, at: line.at + seconds } : line, place }));
  return moved.sort((a, b) => a.line.at - b.line.at || a.place - b.place).map(({ line }) => line);
}

/** A tape with one value in it replaced by junk. */
function mangle(lines: readonly Observation[], which: number, where: number, junk: unknown): unknown[] {
  const copy = structuredClone(lines.slice(0, 40)) as unknown[];
  const places: Array<{ holder: Record<string, unknown>; key: string }> = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push({ holder: value as Record<string, unknown>, key });
      walk((value as Record<string, unknown>)[key]);
    }
  };
  walk(copy[which % copy.length]);
  const place = places[where % Math.max(1, places.length)];
  if (place !== undefined) place.holder[place.key] = junk;
  return copy;
}
