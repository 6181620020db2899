import { jobsAndCronJobs, jobsOnly, parseSubject, readNamed, readSubjects, type SubjectKinds } from '../../../src/cli/input/subjects';
import { objectName } from '../../../src/cli/tables/object-name';
import { cronJobs, jobs } from '../../../src/port/resources';

const namesOf = (words: readonly string[], kinds: SubjectKinds): string[] => readSubjects(words, kinds).named.map(({ resource, name }) => `${resource.plural}/${name}`);

test.each([
  ['etl', 'jobs/etl'],
  ['job/etl', 'jobs/etl'],
  ['jobs/etl', 'jobs/etl'],
  ['job.batch/etl', 'jobs/etl'],
  ['jobs.batch/etl', 'jobs/etl'],
  ['jobs.v1.batch/etl', 'jobs/etl'],
  ['Job/etl', 'jobs/etl'],
  ['job/jobs', 'jobs/jobs'],
  ['cronjob/nightly', 'cronjobs/nightly'],
  ['cronjobs/nightly', 'cronjobs/nightly'],
  ['cj/nightly', 'cronjobs/nightly'],
  ['cronjob.batch/nightly', 'cronjobs/nightly'],
])('%s is %s', (word, expected) => {
  expect(namesOf([word], jobsAndCronJobs)).toEqual([expected]);
});

test.each([
  [['job', 'a', 'b'], ['jobs/a', 'jobs/b']],
  [['cj', 'nightly'], ['cronjobs/nightly']],
  [['jobs,cronjobs', 'x'], ['jobs/x', 'cronjobs/x']],
  [['a', 'cj/b', 'job/c'], ['jobs/a', 'cronjobs/b', 'jobs/c']],
  [['a', 'jobs'], ['jobs/a', 'jobs/jobs']],
])('%j names %j', (words, expected) => {
  expect(namesOf(words, jobsAndCronJobs)).toEqual(expected);
});

test.each([
  [[], [jobs]],
  [['jobs'], [jobs]],
  [['cronjobs'], [cronJobs]],
  [['cj,jobs,cronjob'], [cronJobs, jobs]],
  [['all'], [jobs, cronJobs]],
])('%j alone is a kind, and no name', (words, kinds) => {
  expect(readSubjects(words, jobsAndCronJobs)).toEqual({ kinds, named: [] });
});

test('a name alone is of the first kind of the command', () => {
  expect(parseSubject('nightly', [cronJobs])).toEqual({ resource: cronJobs, name: 'nightly' });
});

test.each<[words: readonly string[], kinds: SubjectKinds, message: string, hint: string]>([
  [['pod/etl'], jobsOnly, 'Cannot use pod/etl as a Job', 'give its name, or job/NAME'],
  [[''], jobsAndCronJobs, 'Cannot use "" as a Job or CronJob', 'give its name, or job/NAME or cronjob/NAME'],
  [['pod/etl'], jobsAndCronJobs, 'Cannot use pod/etl as a Job or CronJob', 'give its name, or job/NAME or cronjob/NAME'],
  [['cj/nightly'], jobsOnly, 'Cannot use cj/nightly as a Job', 'give its name, or job/NAME'],
  [['cronjobs', 'nightly'], jobsOnly, 'Cannot use cronjobs as a Job', 'give its name, or job/NAME'],
  [['job/etl'], [cronJobs], 'Cannot use job/etl as a CronJob', 'give its name, or cronjob/NAME'],
  [['job/'], jobsOnly, 'Cannot use job/ as a Job', 'give its name, or job/NAME'],
  [['job/a/b'], jobsOnly, 'Cannot use job/a/b as a Job', 'give its name, or job/NAME'],
  [['job', 'job/etl'], jobsOnly, 'Cannot use job/etl behind job: the kind is named twice', 'leave job out'],
  [['jobs'], jobsOnly, 'There is no name behind jobs', 'write the names behind it; one that is called so itself is job/jobs'],
])('%j is refused', (words, kinds, message, hint) => {
  expect(() => readNamed(words, kinds)).toThrow(expect.objectContaining({ code: 'USAGE', message, hint }) as Error);
});

test.each([
  ['batch/v1', 'Job', 'job.batch/x'],
  ['batch/v1', 'CronJob', 'cronjob.batch/x'],
  ['v1', 'ConfigMap', 'configmap/x'],
  ['rbac.authorization.k8s.io/v1', 'Role', 'role.rbac.authorization.k8s.io/x'],
])('a %s %s is printed as %s', (apiVersion, kind, expected) => {
  expect(objectName({ apiVersion, kind, metadata: { name: 'x' } })).toBe(expected);
});
