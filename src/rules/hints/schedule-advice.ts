import { type Decoded } from '../../api/decoded';
import { type CronJob } from '../../api/kubernetes';
import { adviseOnSchedule, type ScheduleAdvice } from '../../schedule/advice';
import { findParserProblem, tryParseSchedule } from '../../schedule/parse';
import { isKnownTimeZone } from '../../schedule/time-zone';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inCronJob } from '../rule/wrap';

/** What the API server accepts in a schedule, although its author hardly meant it. */
export const scheduleAdvice: RuleGroup<Decoded<CronJob>> = {
  at: '',
  source: 'advice of cdk8s-jobs: the API server says nothing',
  wrap: inCronJob,
  rules: [
    advice('schedule-never-fires', 'never fires', { schedule: '0 0 30 2 *' }, { schedule: '0 0 29 2 *' }),
    advice('schedule-day-and-weekday', 'fires on days that match day-of-month or day-of-week', { schedule: '0 0 13 * 5' }, { schedule: '0 0 13 * *' }),
    advice('schedule-uneven-step', 'has a step that does not divide its range', { schedule: '*/7 * * * *' }, { schedule: '*/5 * * * *' }),
    advice(
      'schedule-in-skipped-hour', 'does not fire on a day whose clocks go forward',
      { schedule: '30 2 * * *', timeZone: 'Europe/Berlin' }, { schedule: '30 3 * * *', timeZone: 'Europe/Berlin' },
    ),
    advice('schedule-below-a-minute', 'fires more than once a minute, and Jobs are named by the minute', { schedule: '@every 10s' }, { schedule: '@every 1m' }),
  ],
};

function advice(id: ScheduleAdvice['rule'], message: string, bad: object, good: object): Rule<Decoded<CronJob>> {
  return {
    id,
    field: 'spec.schedule',
    type: 'Invalid',
    severity: 'advice',
    message,
    finds: ({ spec }, scope) => {
      if (spec?.schedule === undefined) return;
      const found = adviceOn(spec.schedule, spec.timeZone).find(({ rule }) => rule === id);
      if (found !== undefined) scope.report(spec.schedule, undefined, found.message);
    },
    examples: { bad: [bad], good: [good] },
  };
}

/** The last answer is kept: five rules ask about the same schedule one after the other. */
let last: { readonly key: string; readonly found: readonly ScheduleAdvice[] } | undefined;

function adviceOn(text: string, timeZone: string | undefined): readonly ScheduleAdvice[] {
  const key = `${timeZone ?? ''} ${text}`;
  if (last?.key !== key) last = { key, found: askFor(text, timeZone) };
  return last.found;
}

function askFor(text: string, timeZone: string | undefined): readonly ScheduleAdvice[] {
  if (typeof text !== 'string' || findParserProblem(text) !== undefined) return [];
  const schedule = tryParseSchedule(text);
  if (!('times' in schedule)) return [];
  return adviseOnSchedule(schedule, typeof timeZone === 'string' && isKnownTimeZone(timeZone) ? timeZone : 'UTC');
}
