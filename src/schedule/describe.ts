import type { CronTimes } from './cron-fields';
export function describeTimes(times: CronTimes): string { return times.kind; }
