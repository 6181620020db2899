/** Watchers that did not see everything: they join late, miss a deletion, or find a name taken. */
import fc from 'fast-check';
import { ended, going, isTrue, running, Story } from './story';
import { newest, tapes } from './tapes';
import { judge, startJudging } from '../../src/verdict/judge';
import type { Observation } from '../../src/verdict/observation';

type Fields = Readonly<Record<string, unknown>>;

const create = { do: 'create', kind: 'Job', name: 'task' };
const createCron = { do: 'create', kind: 'CronJob', name: 'nightly' };
const exists = { code: 409, body: { reason: 'AlreadyExists', message: 'jobs.batch "task" already exists' } };
const complete = { conditions: [isTrue('SuccessCriteriaMet', 'CompletionsReached'), isTrue('Complete', 'CompletionsReached')] };
const other = (creationTimestamp?: string): Fields => ({ uid: 'job-2', ...(creationTimestamp === undefined ? {} : { creationTimestamp }) });
const created = (time: string): { metadata: Fields } => ({ metadata: { creationTimestamp: `2026-11-23T20:00:${time}Z` } });
const tick = (minute: number, uid: string, owner?: string): { metadata: Fields } => ({
  metadata: { name: `nightly-${minute}`, uid, ...(owner === undefined ? {} : { ownerReferences: [{ kind: 'CronJob', name: 'nightly', uid: owner, controller: true }] }) },
});
/** 20:00:30 on the 23rd of November 2026; the next tick has the minute 29924401. */
const since = { metadata: { creationTimestamp: '2026-11-23T20:00:30Z' } };

type Case = readonly [sentence: string, story: Story, verdict: string, reason: string | null, diagnosis: string, decidedAt: number | null];

test.each<Case>([
  ['a Job that had failed before is Failed, because of its pod', new Story().pod(0, 'a', ended(3)).failed(0), 'Failed', 'BackoffLimitExceeded', 'NonZeroExit', 0],
  ['its pod may be listed long after it', new Story().failed(0).pod(9, 'a', ended(3)), 'Failed', 'BackoffLimitExceeded', 'NonZeroExit', 0],
  ['a Job that had completed before is Complete', new Story().job(0, complete), 'Complete', 'CompletionsReached', 'Succeeded', 0],
  ['times before 0 are times', new Story().job(-7, {}).pod(-7, 'a', ended(3)).failed(-2), 'Failed', 'BackoffLimitExceeded', 'NonZeroExit', -2],
  ['a pod that the Job killed as it gave up did not fail by itself, though it is about to vanish', new Story({ parallelism: 2 }).failed(0)
    .pod(0, 'a', ended(137), { metadata: { deletionTimestamp: '2026-11-23T20:00:03Z', deletionGracePeriodSeconds: 0 } }).pod(0, 'b', ended(5)),
  'Failed', 'BackoffLimitExceeded', 'NonZeroExit', 0],
  ['a pod that had failed before somebody cleaned up has failed', new Story().failed(0)
    .pod(0, 'a', ended(3), { metadata: { deletionTimestamp: '2026-11-23T20:00:03Z', deletionGracePeriodSeconds: 0 } }), 'Failed', 'BackoffLimitExceeded', 'NonZeroExit', 0],
  ['a Job that is being deleted is', new Story().job(5, { active: 1 }, { metadata: going }), 'Deleted', null, 'Deleted', 5],
  ['a Job that is only seen to go is', new Story().job(5, { active: 1 }, { type: 'DELETED' }), 'Deleted', null, 'Deleted', 5],
])('who joins late: %s', (_, { lines }, verdict, reason, diagnosis, decidedAt) => {
  expect(judge(lines)).toMatchObject({ verdict, reason, diagnosis, decidedAt });
});

test('who joins late hears of the attempts in their order, though a list has pods by name', () => {
  const pod = (name: string, second: string): [string, Fields, { metadata: Fields }] => [name, ended(3), { metadata: { creationTimestamp: `2026-11-23T20:00:${second}Z`, ownerReferences: [{ kind: 'Job', uid: 'job-1' }] } }];
  const { lines } = new Story({ backoffLimit: 1 }).failed(0).pod(0, ...pod('a', '14')).pod(0, ...pod('b', '02'));
  const judging = startJudging();
  for (const line of lines) {
    judging.observe(line);
    judging.verdict();
  }
  for (const { attempts } of [judge(lines), judging.verdict()]) expect(attempts.map((attempt) => attempt.pod)).toEqual(['b', 'a']);
});

describe('a name that is taken', () => {
  const taken = new Story().job(-3, { active: 1 }, { metadata: other() }).action(0, create, exists).job(1, complete, { metadata: other() });

  test.each([{}, { name: 'task' }, { name: 'task', namespace: 'default' }])('refuses the Job, and what was there is not ours, asked for as %j', (subject) => {
    expect(judge(taken.lines, subject)).toMatchObject({ verdict: 'Refused', reason: 'AlreadyExists', diagnosis: 'AlreadyExists', decidedAt: 0, uid: null, attempts: [], gone: null, over: true });
  });

  test('who asks for what was there hears of that', () => {
    expect(judge(taken.lines, { uid: 'job-2' })).toMatchObject({ verdict: 'Complete', uid: 'job-2' });
  });

  test('a second try that succeeds makes up for it', () => {
    const again = new Story().action(0, create, exists).action(4, create, { code: 201, uid: 'job-1' }).job(4).job(9, complete);
    expect(judge(again.lines)).toMatchObject({ verdict: 'Complete', uid: 'job-1' });
    expect(judge(again.lines, { name: 'task' })).toMatchObject({ verdict: 'Complete', uid: 'job-1' });
  });

  test('a try for another Job does not', () => {
    const next = new Story().action(0, create, exists).action(4, { ...create, name: 'third' }, { code: 201, uid: 'job-3' });
    expect(judge(next.lines)).toMatchObject({ verdict: 'Refused', name: 'task' });
  });

  test('a create without an answer has not made what was there before', () => {
    const lost = new Story().job(-3, complete, { metadata: other() }).action(0, create, { code: 0 });
    expect(judge(lost.lines)).toMatchObject({ verdict: 'Running', uid: null });
    expect(judge(lost.job(1).lines)).toMatchObject({ verdict: 'Running', uid: 'job-1' });
  });

  test('who names a Job means the one that was created under that name', () => {
    const anew = new Story().job(-3, complete, { metadata: other() }).job(-2, complete, { metadata: other(), type: 'DELETED' })
      .action(0, create, { code: 201, uid: 'job-1' }).job(0).failed(5);
    expect(judge(anew.lines, { name: 'task' })).toMatchObject({ verdict: 'Failed', uid: 'job-1' });
  });
});

test.each<Case>([
  ['without a DELETED', new Story().job(0).job(5, {}, { metadata: other() }), 'Deleted', null, 'Replaced', 5],
  ['within one instant', new Story().job(5).job(5, {}, { metadata: other() }), 'Deleted', null, 'Replaced', 5],
  ['while it was going', new Story().job(0).job(2, {}, { metadata: going }).job(5, {}, { metadata: other() }), 'Deleted', null, 'Replaced', 5],
  ['with a DELETED that comes last', new Story().job(0).job(5, {}, { metadata: other() }).job(6, {}, { type: 'DELETED' }), 'Deleted', null, 'Replaced', 5],
  ['after it had completed', new Story().job(0).job(2, complete).job(5, {}, { metadata: other() }), 'Complete', 'CompletionsReached', 'Succeeded', 2],
  ['and the old one is heard of late: the new one is there', new Story().job(5, {}, created('09')).job(6, {}, { metadata: other('2026-11-23T20:00:01Z') }), 'Running', null, 'Running', null],
  ['and the end of the old one comes late: the new one is there', new Story().job(5).job(6, {}, { metadata: other(), type: 'DELETED' }), 'Running', null, 'Running', null],
])('a Job that is deleted and created again between two looks, %s', (_, { lines }, verdict, reason, diagnosis, decidedAt) => {
  expect(judge(lines)).toMatchObject({ verdict, reason, diagnosis, decidedAt, uid: 'job-1' });
});

test.each<Case>([
  ['another Job has the name of the first tick', new Story().action(0, createCron, { code: 201, uid: 'cron-1' }).cronJob(0, {}, since).job(1, {}, tick(29924401, 'x')), 'Running', null, 'CronNameTaken', 1],
  ['it had it before', new Story().job(-1, {}, tick(29924401, 'x')).cronJob(0, {}, since), 'Running', null, 'CronNameTaken', 0],
  ['it was made by the observer', new Story().action(-1, { ...create, name: 'nightly-29924401' }, { code: 201, uid: 'x' }).job(-1, {}, tick(29924401, 'x'))
    .action(0, createCron, { code: 201, uid: 'cron-1' }).cronJob(0, {}, since), 'Running', null, 'CronNameTaken', 0],
  ['a CronJob that was deleted has left it', new Story().job(0, {}, tick(29924401, 'x', 'cron-0')).cronJob(1, {}, since), 'Running', null, 'CronNameTaken', 1],
  ['what is left of ticks before the CronJob is in nobody\'s way', new Story().job(0, complete, tick(29924399, 'x', 'cron-0')).action(0, createCron, { code: 201, uid: 'cron-1' })
    .cronJob(1, {}, since), 'Running', null, 'Running', null],
  ['nor is what is left of ticks that it has passed', new Story().action(0, createCron, { code: 201, uid: 'cron-1' }).job(0, complete, tick(29924402, 'x'))
    .cronJob(1, {}, { ...since, status: { lastScheduleTime: '2026-11-23T20:05:00Z' } }), 'Running', null, 'Running', null],
  ['nor what went before the tick, which then made its Job', new Story().action(0, createCron, { code: 201, uid: 'cron-1' }).cronJob(0, {}, since).job(1, {}, tick(29924401, 'x'))
    .job(2, {}, { ...tick(29924401, 'x'), type: 'DELETED' }).job(30, complete, tick(29924401, 'y', 'cron-1')), 'Complete', 'CompletionsReached', 'Succeeded', 30],
  ['a later tick finds its name taken: the first Job is judged all the same', new Story().action(0, createCron, { code: 201, uid: 'cron-1' }).cronJob(0, {}, since)
    .job(1, {}, tick(29924402, 'x')).job(30, complete, tick(29924401, 'y', 'cron-1')), 'Complete', 'CompletionsReached', 'Succeeded', 30],
  ['a suspended CronJob needs no name', new Story().action(0, createCron, { code: 201, uid: 'cron-1' }).cronJob(0, { suspend: true }, since).job(1, {}, tick(29924401, 'x')), 'Suspended', null, 'Suspended', 0],
  ['its own Job is judged, though another was listed before', new Story().job(0, complete, tick(29924399, 'x')).cronJob(0, {}, since).job(30, {}, tick(29924401, 'y', 'cron-1')).job(31, { conditions: [isTrue('Failed', 'DeadlineExceeded')] }, tick(29924401, 'y', 'cron-1')),
    'Failed', 'DeadlineExceeded', 'DeadlineExceeded', 31],
  ['its Jobs are refused', new Story().action(0, createCron, { code: 201, uid: 'cron-1' }).cronJob(0, {}, since)
    .event(30, 'cron', 'FailedCreate', 'Error creating job: jobs.batch "nightly-29924401" is forbidden: exceeded quota: team'), 'Running', null, 'QuotaExceeded', 30],
])('a CronJob: %s', (_, { lines }, verdict, reason, diagnosis, decidedAt) => {
  expect(judge(lines)).toMatchObject({ verdict, reason, diagnosis, decidedAt });
});

test.each<Case>([
  ['as soon as the spec says so', new Story({ suspend: true }).job(3), 'Suspended', null, 'Suspended', 3],
  ['with the reason of the condition, once that is there', new Story({ suspend: true }).job(3).job(4, { conditions: [isTrue('Suspended', 'JobSuspended', 'Job suspended')] }),
    'Suspended', 'JobSuspended', 'Suspended', 3],
  ['while its pods still end', new Story().job(0).pod(0, 'a', running).job(5, { active: 1 }, { spec: { suspend: true } }), 'Suspended', null, 'Suspended', 5],
  ['the second time since then', new Story({ suspend: true }).job(0).job(5, {}, { spec: { suspend: false } }).job(8, {}, { spec: { suspend: true } }), 'Suspended', null, 'Suspended', 8],
  ['no longer than the spec says so', new Story().job(0, { conditions: [isTrue('Suspended', 'JobSuspended')] }, { spec: { suspend: true } })
    .job(5, { conditions: [isTrue('Suspended', 'JobSuspended')] }, { spec: { suspend: false } }), 'Running', null, 'Running', null],
  ['not when it has ended', new Story({ suspend: true }).job(5, complete), 'Complete', 'CompletionsReached', 'Succeeded', 5],
  ['under another controller too', new Story({ suspend: true, managedBy: 'example.com/other' }).job(2), 'Suspended', null, 'Suspended', 2],
])('a Job is suspended %s', (_, { lines }, verdict, reason, diagnosis, decidedAt) => {
  expect(judge(lines)).toMatchObject({ verdict, reason, diagnosis, decidedAt });
});

describe('the end of a tape is told the same', () => {
  const recorded = tapes.map(({ name, lines }) => ({ name, lines: lines.filter(({ log }) => log === undefined), said: judge(lines) }))
    .filter(({ said, lines }) => said.uid !== null && lines.length > 2);
  const parameters = { seed: 20261129, numRuns: 300 };

  test('to who joins late, if the Job is still there, and nothing false to others', () => {
    fc.assert(fc.property(fc.constantFrom(...recorded), fc.nat(), fc.constantFrom(0, 5), (tape, place, lag) => {
      const cut = 1 + place % (tape.lines.length - 1);
      const at = tape.lines[cut]?.at ?? 0;
      const listed = newest(tape.lines.slice(0, cut)).map((line) => ({ ...line, at: line.watch === 'jobs' ? at : at + lag }));
      const heard = [...listed, ...tape.lines.slice(cut)].sort((one, next) => one.at - next.at);
      isToldRight(heard, tape.said);
    }), parameters);
  });

  test('to who misses deletions', () => {
    fc.assert(fc.property(fc.constantFrom(...recorded), fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), (tape, kept) => {
      let seen = 0;
      isToldRight(tape.lines.filter(({ type }) => type !== 'DELETED' || kept[seen++ % kept.length] === true), tape.said);
    }), parameters);
  });
});

/** The Job of the whole tape gets the same verdict, or none yet; it is settled only once. */
function isToldRight(lines: readonly Observation[], { uid, verdict, reason }: ReturnType<typeof judge>): void {
  const judging = startJudging({ uid: uid ?? '' });
  for (const line of lines) {
    judging.observe(line);
    const said = judging.verdict();
    if (said.settled) expect([said.verdict, said.reason]).toEqual([verdict, reason]);
  }
  const isSeen = lines.some(({ watch, object }) => watch === 'jobs' && (object as { metadata: { uid: string } }).metadata.uid === uid);
  const isDecided = verdict === 'Complete' || verdict === 'Failed';
  if (isSeen && isDecided) expect(judging.verdict()).toMatchObject({ verdict, reason });
}
