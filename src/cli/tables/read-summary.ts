/** How much was read. */
export interface ReadCounts {
  readonly files: number;
  readonly documents: number;
  readonly jobs: number;
  readonly cronJobs: number;
  /** Only where they are judged. Default: they are of other kinds. */
  readonly jobSets?: number;
  /** Objects of other kinds. */
  readonly others: number;
}

/** Counts an object that was read. */
export function countObject(counts: { jobs: number; cronJobs: number; others: number }, object: object, isOfBatch: boolean): void {
  if (!isOfBatch) counts.others += 1;
  else if (/^cron/i.test(String((object as { kind?: unknown }).kind))) counts.cronJobs += 1;
  else counts.jobs += 1;
}

/** What was read, in one phrase: `7 files, 12 documents, 9 Jobs and CronJobs, 3 of other kinds`. */
export function describeRead({ files, documents, jobs, cronJobs, jobSets = 0, others }: ReadCounts): string {
  const ofBatch = jobSets > 0 && jobs + cronJobs === 0 ? [] : [describeJobs(jobs, cronJobs)];
  const parts = [countOf(files, 'file'), countOf(documents, 'document'), ...ofBatch, ...jobSets === 0 ? [] : [countOf(jobSets, 'JobSet')]];
  return [...parts, ...(others === 0 ? [] : [`${others} of other kinds`])].join(', ');
}

function describeJobs(jobs: number, cronJobs: number): string {
  if (jobs === 0) return cronJobs === 0 ? 'no Job or CronJob' : countOf(cronJobs, 'CronJob');
  return cronJobs === 0 ? countOf(jobs, 'Job') : `${jobs + cronJobs} Jobs and CronJobs`;
}

/** `1 file`, `2 files`. */
export function countOf(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What to say of a project in a subfolder of a folder that was read. */
export function leftOutNote(projectFile: string): string {
  return `left out: ${projectFile}: the app of a subfolder is run only when it is named`;
}
