import { inJob, inSchedule, type Mistake } from './mistake';

const metadata = (id: number, title: string, text: string): Mistake => inJob(id, title, { metadata: text }, { metadata: text });
const podMetadata = (id: number, title: string, text: string): Mistake => inJob(id, title, { podMetadata: text }, { podMetadata: text });
const long = (length: number): string => `'${'n'.repeat(length)}'`;

/** What can be wrong with names, labels and annotations. */
export const nameMistakes: readonly Mistake[] = [
  metadata(32, 'an upper-case name', "{ name: 'Report' }"),
  metadata(33, 'a name with an underscore', "{ name: 'my_job' }"),
  inJob(34, 'a construct id with an underscore', {}, {}, { constructId: 'my_job' }),
  metadata(35, 'a Job name of 64 characters', `{ name: ${long(64)} }`),
  inSchedule(36, 'a CronJob name of 53 characters', { metadata: `{ name: ${long(53)} }` }, { metadata: `{ name: ${long(53)} }` }),
  metadata(37, 'generateName that a generated name overrules', "{ generateName: 'job-' }"),
  podMetadata(38, 'a label value with a blank', "{ labels: { team: 'a b' } }"),
  podMetadata(39, 'a label key with two slashes', "{ labels: { 'a/b/c': 'x' } }"),
  podMetadata(40, 'a label value of 64 characters', `{ labels: { team: ${long(64)} } }`),
  metadata(41, 'a namespace with an underscore', "{ namespace: 'My_NS' }"),
  metadata(42, 'an annotation that is a number', '{ annotations: { retries: 3 } }'),
  inJob(43, 'two Jobs of one name in a chart', { metadata: "{ name: 'same' }" }, { metadata: "{ name: 'same' }" }, { twin: 'other' }),
  inJob(44, 'two constructs of one id', {}, {}, { twin: 'job' }),
];
