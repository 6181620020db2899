import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kindInBatch } from '../src/api/kinds';
import type { CronJob, Job } from '../src/api/kubernetes';
import { findPeerFaults } from '../src/rules/peers';
import { validateManifest } from '../src/rules/validate-manifest';
import { localCluster } from '../src/runtime/local';
import { readManifests } from '../src/yaml/read-manifests';

const folder = join(__dirname, '..', 'examples');
const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));

/** What each example must come to; a new example needs a line here. */
const expected: Readonly<Record<string, (manifest: Job & CronJob) => void>> = {
  'demo.ts': ({ kind, spec }) => expect([kind, spec.template.spec?.containers[0]?.command?.[2]]).toEqual(['Job', 'echo "Running job"']),
  'completions-in-sequence.ts': ({ spec }) => expect(spec).toMatchObject({ completions: 3, parallelism: 1 }),
  'completions-in-parallel.ts': ({ spec }) => expect(spec).toMatchObject({ completions: 3, parallelism: 3 }),
  'suspended.ts': ({ metadata, spec }) => expect([metadata?.name, spec.suspend]).toEqual(['suspended-job', true]),
  'resumed.ts': ({ metadata, spec }) => expect([metadata?.name, spec.suspend]).toEqual(['suspended-job', false]),
  'time-to-live.ts': ({ spec }) => expect(spec.ttlSecondsAfterFinished).toBe(300),
  'hourly.ts': ({ kind, spec }) => expect([kind, spec.schedule]).toEqual(['CronJob', '0 * * * *']),
  'work-queue.ts': ({ spec }) => expect([spec.parallelism, spec.completions]).toEqual([3, undefined]),
  'indexed.ts': ({ spec }) => expect(spec).toMatchObject({ completionMode: 'Indexed', completions: 3 }),
  'peers.ts': ({ spec }) => expect(spec.template).toMatchObject({ metadata: { labels: { 'cdk8s-jobs/peers': 'ring' } }, spec: { subdomain: 'ring' } }),
  'migration.ts': ({ spec }) => expect(spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 600, ttlSecondsAfterFinished: 3600 }),
};

/** What each example prints when it runs here, line by line in any order, and how it ends. */
const runs: Readonly<Record<string, readonly [verdict: string, lines: readonly string[]]>> = {
  'demo.ts': ['Complete', ['Running job']],
  'completions-in-sequence.ts': ['Complete', Array<string>(3).fill('Processing one item')],
  'completions-in-parallel.ts': ['Complete', Array<string>(3).fill('Processing in parallel')],
  'suspended.ts': ['Suspended', []],
  'resumed.ts': ['Complete', ['Running after resumption']],
  'time-to-live.ts': ['Complete', ['Gone in five minutes']],
  'hourly.ts': ['Complete', ['Scheduled job']],
  'work-queue.ts': ['Complete', Array.from({ length: 3 }, () => ['Working on first', 'Working on second', 'Working on third', 'Queue empty']).flat()],
  'migration.ts': ['Complete', ['Migrating orders']],
  'indexed.ts': ['Complete', ['Shard 0 of 3', 'Shard 1 of 3', 'Shard 2 of 3']],
  'peers.ts': ['Complete', ['ring-0.ring leads', 'ring-1.ring works for ring-0.ring', 'ring-2.ring works for ring-0.ring']],
};

test('every example is in the tables', () => {
  expect(Object.keys(expected).sort()).toEqual([...names].sort());
  expect(Object.keys(runs).sort()).toEqual([...names].sort());
});

test('a suspended Job runs when it is resumed', async () => {
  const cluster = await localCluster();
  const lines: string[] = [];
  await cluster.run(synthesized('suspended.ts'), { timeoutSeconds: 60, onLog: ({ text }) => { lines.push(text); } });
  expect(lines).toEqual([]);
  await cluster.resume('suspended-job');
  const { jobs } = await cluster.wait('suspended-job', { timeoutSeconds: 60, onLog: ({ text }) => { lines.push(text); } });
  await cluster.close();
  expect([jobs[0]?.verdict, lines]).toEqual(runs['resumed.ts']);
}, 60_000);

/** The manifests that an example writes; each example is run once. That it compiles is seen when the tests are. */
function synthesized(name: string): readonly object[] {
  const known = manifests.get(name);
  if (known !== undefined) return known;
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-example-'));
  process.env.CDK8S_OUTDIR = outdir;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require(join(folder, name));
  delete process.env.CDK8S_OUTDIR;
  const documents = readdirSync(outdir).flatMap((file) => [...readManifests(readFileSync(join(outdir, file)))]);
  rmSync(outdir, { recursive: true });
  const values = documents.map(({ value }) => value as object);
  manifests.set(name, values);
  return values;
}

const manifests = new Map<string, readonly object[]>();

describe.each(names)('%s', (name) => {
  test('is written as YAML that kubectl reads and the API server takes', () => {
    const jobs = synthesized(name).filter((value) => kindInBatch(value) !== undefined);
    expect(jobs.flatMap((value) => validateManifest(value).filter(({ severity }) => severity === 'error'))).toEqual([]);
    expect(jobs).toHaveLength(1);
    expect(findPeerFaults(synthesized(name))).toEqual([]);
    for (const value of jobs) expected[name]?.(value as Job & CronJob);
  });

  test('runs on this machine', async () => {
    const cluster = await localCluster();
    const lines: string[] = [];
    const { jobs } = await cluster.run(synthesized(name), {
      timeoutSeconds: 60, once: name === 'hourly.ts', onLog: ({ text }) => { lines.push(text); },
    });
    await cluster.close();
    const [verdict, text] = runs[name] ?? [];
    expect(jobs.map((job) => job.verdict)).toEqual([verdict]);
    expect(lines.sort()).toEqual([...(text ?? [])].sort());
  }, 60_000);
});
