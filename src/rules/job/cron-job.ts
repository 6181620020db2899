import { type Decoded } from '../../api/decoded';
import { type CronJob, type CronJobSpec } from '../../api/kubernetes';
import { containsTz, findParserProblem } from '../../schedule/parse';
import { checkTimeZone } from '../../schedule/time-zone';
import { forbidden, notNegative, oneOf, required } from '../rule/makers/makers';
import { type RuleGroup } from '../rule/rule';
import { inCronJob, minimalPod } from '../rule/wrap';

type Spec = Decoded<CronJobSpec>;
const longestName = 52;

/** The name of a CronJob: its Jobs get eleven more characters. Checked on create only. */
const nameGroup: RuleGroup<Decoded<CronJob>> = {
  at: '',
  source: 'pkg/apis/batch/validation/validation.go ValidateCronJobCreate (v1.37)',
  wrap: (metadata) => ({ ...inCronJob({}), metadata }),
  rules: [{
    id: 'cron-job-name-within-52-characters',
    field: 'metadata.name',
    type: 'Invalid',
    message: 'must be no more than 52 characters',
    finds: ({ metadata }, scope) => { if ((metadata?.name ?? '').length > longestName) scope.report(metadata?.name); },
    examples: {
      bad: [{ name: 'c'.repeat(53) }, { generateName: 'c'.repeat(48) }],
      good: [{ name: 'c'.repeat(52) }, { generateName: 'c'.repeat(47) }],
    },
  }],
};

/** The spec of a CronJob, its template aside. */
const specGroup: RuleGroup<Spec> = {
  at: 'spec',
  source: 'pkg/apis/batch/validation/validation.go validateCronJobSpec (v1.37)',
  wrap: inCronJob,
  rules: [
    required({
      id: 'schedule-given',
      field: 'schedule',
      examples: { bad: [{ schedule: '' }, { schedule: undefined }], good: [{ schedule: '@daily' }] },
    }),
    {
      id: 'schedule-parses',
      field: 'schedule',
      type: 'Invalid',
      message: 'must be a cron expression of five fields, or @every, @hourly and the like',
      source: 'pkg/apis/batch/validation/validation.go validateScheduleFormat (v1.37)',
      finds: ({ schedule = '' }, scope) => {
        const problem = schedule === '' ? undefined : findParserProblem(schedule);
        if (problem !== undefined) scope.report(schedule, undefined, problem);
      },
      examples: { bad: [{ schedule: '* * * *' }, { schedule: '61 * * * *' }, { schedule: '@every 5' }], good: [{ schedule: '*/5 * * * *' }] },
    },
    {
      id: 'time-zone-not-empty',
      field: 'timeZone',
      type: 'Invalid',
      message: 'timeZone must be nil or non-empty string',
      source: timeZoneSource(),
      finds: ({ timeZone }, scope) => { if (timeZone === '' && isNewZone(scope, timeZone)) scope.report(timeZone); },
      examples: { bad: [{ timeZone: '' }], good: [{ timeZone: 'Europe/Berlin' }] },
    },
    {
      id: 'time-zone-known',
      field: 'timeZone',
      type: 'Invalid',
      message: 'must be a time zone of the IANA database',
      source: timeZoneSource(),
      finds: ({ timeZone = '' }, scope) => {
        if (timeZone === '' || !isNewZone(scope, timeZone)) return;
        for (const { message, suggestion } of checkTimeZone(timeZone)) {
          scope.report(timeZone, undefined, message, suggestion === undefined ? undefined : `did you mean ${suggestion}?`);
        }
      },
      examples: { bad: [{ timeZone: 'Mars/Olympus' }, { timeZone: 'Local' }], good: [{ timeZone: 'Etc/UTC' }] },
    },
    oneOf({
      id: 'concurrency-policy-known',
      field: 'concurrencyPolicy',
      source: 'pkg/apis/batch/validation/validation.go validateConcurrencyPolicy (v1.37)',
      checks: 'all',
      values: ['Allow', 'Forbid', 'Replace'],
      examples: { bad: [{ concurrencyPolicy: 'forbid' }], good: [{ concurrencyPolicy: 'Forbid' }, { concurrencyPolicy: '' }] },
    }),
    notNegative({ id: 'starting-deadline-not-negative', field: 'startingDeadlineSeconds' }),
    notNegative({ id: 'successful-jobs-history-limit-not-negative', field: 'successfulJobsHistoryLimit' }),
    notNegative({ id: 'failed-jobs-history-limit-not-negative', field: 'failedJobsHistoryLimit' }),
    {
      id: 'schedule-without-time-zone',
      field: 'schedule',
      type: 'Invalid',
      message: 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
      source: 'pkg/apis/batch/validation/validation.go validateScheduleFormat (v1.37)',
      finds: ({ schedule = '', timeZone }, scope) => {
        if (!containsTz(schedule)) return;
        // An old CronJob that always had its zone in the schedule may keep it there.
        if (!containsTz(scope.old?.cron?.schedule ?? '')) scope.report(schedule);
        else if (timeZone !== undefined) scope.report(schedule, undefined, 'cannot use both timeZone field and TZ or CRON_TZ in schedule');
      },
      examples: { bad: [{ schedule: 'TZ=UTC 0 0 * * *' }, { schedule: 'CRON_TZ=UTC 0 0 * * *' }], good: [{ timeZone: 'UTC' }] },
    },
    forbidden({
      id: 'cron-job-selects-nothing',
      field: 'jobTemplate.spec.selector',
      type: 'Invalid',
      message: '`selector` will be auto-generated',
      source: 'pkg/apis/batch/validation/validation.go ValidateJobTemplateSpec (v1.37)',
      examples: { bad: [inTemplate({ selector: {} })], good: [inTemplate({ manualSelector: false })] },
    }),
    {
      id: 'cron-job-has-no-manual-selector',
      field: 'jobTemplate.spec.manualSelector',
      type: 'NotSupported',
      message: 'supported values: "nil", "false"',
      source: 'pkg/apis/batch/validation/validation.go ValidateJobTemplateSpec (v1.37)',
      finds: ({ jobTemplate }, scope) => { if (jobTemplate?.spec?.manualSelector === true) scope.report(true); },
      examples: { bad: [inTemplate({ manualSelector: true })], good: [inTemplate({ manualSelector: false })] },
    },
  ],
};

/** The groups about CronJobs. */
export const cronJobRules = { name: nameGroup, spec: specGroup };

/** Whether a zone is new: one that was there before the update is not checked again. */
function isNewZone({ old }: { old?: { cron?: Spec } | undefined }, timeZone: string): boolean {
  return old === undefined || old.cron?.timeZone !== timeZone;
}

function timeZoneSource(): string {
  return 'pkg/apis/batch/validation/validation.go validateTimeZone (v1.37)';
}

function inTemplate(spec: object): object {
  return { jobTemplate: { spec: { template: { spec: minimalPod }, ...spec } } };
}
