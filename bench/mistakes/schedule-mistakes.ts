import { inSchedule, type Mistake } from './mistake';

const schedule = (id: number, title: string, text: string, parts: string): Mistake =>
  inSchedule(id, title, { schedule: `'${text}'` }, { schedule: `cdk8s.Cron.schedule({ ${parts} })` });

/** What can be wrong with a schedule. */
export const scheduleMistakes: readonly Mistake[] = [
  schedule(45, 'minute 61', '61 * * * *', "minute: '61'"),
  schedule(46, 'hour 24', '0 24 * * *', "minute: '0', hour: '24'"),
  schedule(47, 'weekday 8', '0 0 * * 8', "minute: '0', hour: '0', weekDay: '8'"),
  schedule(48, 'six fields, the first for seconds', '0 0 0 * * *', "minute: '0 0', hour: '0'"),
  inSchedule(49, '@every 5m', { schedule: "'@every 5m'" }, 'no field', { valid: true }),
  schedule(50, 'L for the last day of the month', '0 0 L * *', "minute: '0', hour: '0', day: 'L'"),
  schedule(51, '5#2 for the second Friday', '0 0 * * 5#2', "minute: '0', hour: '0', weekDay: '5#2'"),
  schedule(52, 'CRON_TZ= in the schedule', 'CRON_TZ=UTC 0 0 * * *', "minute: 'CRON_TZ=UTC 0', hour: '0'"),
  schedule(53, 'an empty schedule', '', "minute: '', hour: '', day: '', month: '', weekDay: ''"),
  schedule(54, 'a word for the hour', '0 every * * *', "minute: '0', hour: 'every'"),
  schedule(55, 'a step of 0', '*/0 * * * *', "minute: '*/0'"),
  schedule(56, '30 February, which never comes', '0 0 30 2 *', "minute: '0', hour: '0', day: '30', month: '2'"),
  inSchedule(57, 'a time zone that there is not', { timeZone: "'Mars/Olympus'" }, { timeZone: "'Mars/Olympus'" }),
  inSchedule(58, 'timeZone: Local', { timeZone: "'Local'" }, { timeZone: "'Local'" }),
  inSchedule(59, "concurrencyPolicy: 'forbid', in lower case", { concurrencyPolicy: "'forbid'" }, { concurrencyPolicy: "'forbid'" }),
  inSchedule(60, 'a starting deadline of 5 s', { startingDeadlineSeconds: '5' }, { startingDeadline: 'cdk8s.Duration.seconds(5)' }),
  inSchedule(61, 'a negative starting deadline', { startingDeadlineSeconds: '-1' }, { startingDeadline: 'cdk8s.Duration.seconds(-1)' }),
  inSchedule(62, 'a history limit of -1', { successfulJobsHistoryLimit: '-1' }, { successfulJobsRetained: '-1' }),
];
