import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRules } from '../../src/rules/all-rules';
import { explain } from '../../src/rules/explain/explain';
import { allFields } from '../../src/rules/explain/find-field';
import { otherFindings } from '../../src/rules/explain/other-findings';

/** The ids that stand in the source where a finding is made outside of the tables. */
function idsInSource(): string[] {
  const src = join(__dirname, '../../src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const ids = files.flatMap((name) => [...readFileSync(join(src, name), 'utf8').matchAll(/\brule: '([a-z-]+)'/g)].map(([, id = '']) => id));
  return [...new Set(ids)];
}

describe('explain', () => {
  test.each(allRules.map(({ id }) => [id]))('says what %s is', (id) => {
    expect(explain(id)).toEqual({ kind: 'rule', text: expect.stringContaining(id) });
  });

  test('has the ids of all findings that stand in no table, and no others', () => {
    const inTables = new Set(allRules.map(({ id }) => id));
    expect([...otherFindings.keys()].sort()).toEqual(idsInSource().filter((id) => !inTables.has(id)).sort());
  });

  test.each([...otherFindings.keys()])('says what %s is', (id) => {
    expect(explain(id)).toEqual({ kind: 'rule', text: expect.stringMatching(new RegExp(`^${id}\\n\\n  .+\\.\\n  instead   .+\\n  found by  .+\\n$`)) });
  });

  test.each([
    ['job.spec.backoffLimit', 'backoff-limit-not-negative'],
    ['spec.template.spec.containers[0].env[1].name', 'env-name-given'],
    ['spec.schedule', 'schedule-parses'],
    ['cronjob.spec.jobTemplate.spec.completions', 'indexed-needs-completions'],
  ])('says of the field %s that %s blames it', (path, id) => {
    expect(explain(path)).toEqual({ kind: 'field', text: expect.stringContaining(id) });
  });

  test('says since when a field is there, and what it may be', () => {
    expect(explain('spec.scheduling')).toEqual({ kind: 'field', text: expect.stringContaining('since Kubernetes 1.37') });
    expect(explain('spec.completionMode')).toEqual({ kind: 'field', text: expect.stringContaining('one of: Indexed, NonIndexed') });
  });

  test('suggests what was perhaps meant', () => {
    expect(explain('paralelism-not-negative')).toEqual({ kind: 'unknown', suggestion: 'parallelism-not-negative' });
    expect(explain('paralelism')).toEqual({ kind: 'unknown', suggestion: 'parallelism' });
    expect(explain('spec.__proto__')).toEqual({ kind: 'unknown' });
    expect(explain('constructor')).toEqual({ kind: 'unknown' });
    expect(explain('')).toEqual({ kind: 'unknown' });
  });
});

/** The lines of an explanation, without the margin. */
function linesOf(subject: string): string[] {
  const explanation = explain(subject);
  return explanation.kind === 'unknown' ? [] : explanation.text.split('\n').map((line) => line.trim());
}

test.each([
  ['parallelism', 'job.spec.parallelism  <int32>'],
  ['Spec.Parallelism', 'job.spec.parallelism  <int32>'],
  ['job', 'job  <Job>'],
  ['CronJob', 'cronjob  <CronJob>'],
  ['job.spec.parallelism', 'job.spec.parallelism  <int32>'],
  ['cronjob.parallelism', 'cronjob.spec.jobTemplate.spec.parallelism  <int32>'],
  ['cronjob.spec.schedule', 'cronjob.spec.schedule  <string>  required'],
  ['schedule', 'cronjob.spec.schedule  <string>  required'],
  ['containers', 'job.spec.template.spec.containers  <Container[]>  required'],
  ['restartPolicy', 'job.spec.template.spec.restartPolicy  <string>'],
  ['pod.spec.restartPolicy', 'job.spec.template.spec.restartPolicy  <string>'],
  ['podMetadata', 'job.spec.template.metadata  <ObjectMeta>'],
  ['containers[0].image', 'job.spec.template.spec.containers.image  <string>'],
  ['resources.limits.memory', 'job.spec.template.spec.resources.limits  <map<string, Quantity>>'],
  ['spec.template.spec.nodeSelector.example.com/disk', 'job.spec.template.spec.nodeSelector  <map<string, string>>'],
  ['image', 'Several fields are called image:'],
])('%s leads to %s', (subject, heading) => {
  expect(linesOf(subject)[0]).toBe(heading);
});

test.each([
  ['what it means', 'parallelism', /^How many pods may run at the same time\./],
  ['its default', 'backoffLimit', /^default: 6, or no limit when backoffLimitPerIndex is set$/],
  ['that it cannot change', 'completionMode', /^changes: immutable$/],
  ['that it can change', 'parallelism', /^changes: any time$/],
  ['that it changes with others', 'completions', /^changes: immutable, but see the rules$/],
  ['that the template is fixed', 'spec.template.spec.containers', /^changes: immutable: it is part of spec\.template$/],
  ['that a suspended Job may be placed otherwise', 'spec.template.spec.tolerations', /^changes: immutable, except while the Job is suspended$/],
  ['since when it is kept', 'hostUsers', /^versions: kept since 1\.33, dropped before without the feature gate UserNamespacesSupport$/],
  ['where it is', 'parallelism', /^found in: Job as spec\.parallelism, CronJob as spec\.jobTemplate\.spec\.parallelism$/],
  ['which construct does not take it', 'parallelism', /^construct: not in NonParallelJob: a non-parallel Job runs one pod/],
  ['the rules of a list in braces', 'initContainers.image', /^image-without-blanks {3}advice: contains a blank/],
  ['the fields of an object', 'job.spec', /^parallelism {2}<int32> +How many pods may run at the same time$/],
  ['others of its name', 'suspend', /^cronjob\.spec\.suspend {2}Whether no new Jobs are started/],
  ['each of several', 'image', /^job\.spec\.template\.spec\.volumes\.image {2}/],
])('%s is said', (_, subject, line) => {
  expect(linesOf(subject)).toContainEqual(expect.stringMatching(line));
});

test('a rule about CronJobs is not said of a Job', () => {
  expect(linesOf('job.metadata.name').join('\n')).not.toContain('cron-job');
  expect(linesOf('cronjob.metadata.name').join('\n')).toContain('cron-job-name-within-52-characters');
});

test('every field can be explained by its path', () => {
  const paths = allFields().map(({ kind, path }) => `${kind.toLowerCase()}.${path}`);
  expect(paths.filter((path) => !linesOf(path)[0]?.startsWith(`${path}  <`))).toEqual([]);
});
