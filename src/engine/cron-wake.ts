import type { ObjectKey } from './keys';
import type { StoredCronJob } from './objects';
import type { Store } from './store';
import type { CronJobSpec } from '../api/kubernetes';
import { rememberedFor } from '../core/remembered';
import { tryParseTime } from '../core/time';
import { type RunHistory, delayToNextRun } from '../schedule/missed-runs';
import { readTimes } from '../schedule/read-times';
import { isKnownTimeZone } from '../schedule/time-zone';

/** Why a schedule cannot be read. */
type Unreadable = { readonly unknownZone: string } | { readonly problem: string };

/** The runs of a CronJob so far and the meaning of its schedule, or why the schedule cannot be read. */
export function runHistory(store: Store, { metadata, spec, status }: StoredCronJob): RunHistory | Unreadable {
  if (spec.timeZone !== undefined && !isKnownTimeZone(spec.timeZone)) return { unknownZone: spec.timeZone };
  const times = timesOf(spec);
  if (!('kind' in times)) return { problem: times.message };
  const { lastScheduleTime } = status;
  return {
    times,
    timeZone: spec.timeZone ?? store.options.timeZone,
    creationTimestamp: tryParseTime(metadata.creationTimestamp) ?? NaN,
    lastScheduleTime: lastScheduleTime === undefined ? undefined : tryParseTime(lastScheduleTime) ?? NaN,
    startingDeadlineSeconds: spec.startingDeadlineSeconds,
  };
}

/** The meaning of a schedule; a spec that stays as it is is read once. */
const timesOf = rememberedFor((spec: CronJobSpec) => readTimes(spec.schedule));

/** Sets the timer for the next time of a CronJob; none is set if the schedule cannot be read or has no next time. */
export function scheduleNextRun(store: Store, cronJob: StoredCronJob, key: ObjectKey): void {
  const history = runHistory(store, cronJob);
  if (!('times' in history)) return;
  const delayMs = delayToNextRun(history, store.now);
  if (delayMs !== undefined) store.timers.schedule('cronjob', key, store.now + Math.max(0, delayMs));
}
