import { generatedUid } from './job/selector';
import { type ApiServer } from '../api/api-server';
import { generatedName, prepareCronJob, prepareJob } from '../api/create-strategy';
import { type Decoded } from '../api/decoded';
import { type CronJob, type Job, type ObjectMeta } from '../api/kubernetes';

/** The placeholder for the end that the API server would generate. */
const generatedEnd = '00000';

/** Turns a decoded Job into what the API server would validate on create; placeholders stand for name and uid. Changes `job`. */
export function prepareJobToCheck(job: Decoded<Job>, server: ApiServer): void {
  const metadata = job.metadata ??= {};
  nameToCheck(metadata);
  prepareJob(job, { name: metadata.name ?? '', uid: generatedUid }, server);
}

/** Turns a decoded CronJob into what the API server would validate on create; a placeholder stands for a name. Changes `cronJob`. */
export function prepareCronJobToCheck(cronJob: Decoded<CronJob>, server: ApiServer): void {
  nameToCheck(cronJob.metadata ??= {});
  prepareCronJob(cronJob, server);
}

/** The name that is checked where the API server would generate one. */
export function nameFor(generateName: string): string {
  return generatedName(generateName, generatedEnd);
}

/** Fills in a name to be generated, which is checked like a given one. */
function nameToCheck(metadata: Decoded<ObjectMeta>): void {
  const { name = '', generateName = '' } = metadata;
  if (name === '' && generateName !== '') metadata.name = nameFor(generateName);
}
