import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { validateManifest } from '../src/rules/validate-manifest';
import type { CronJob, Job } from '../src/spec/kubernetes';
import { readManifests } from '../src/yaml/read-manifests';

const root = join(__dirname, '..');
const folder = join(root, 'examples');
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
};

test('every example is in the table', () => {
  expect(Object.keys(expected).sort()).toEqual([...names].sort());
});

test('the examples compile', () => {
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'test', 'tsconfig.json'), {}, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => { throw new Error(String(messageText)); },
  });
  const program = ts.createProgram(names.map((name) => join(folder, name)), { ...config?.options, noEmit: true });
  const diagnostics = names.flatMap((name) => program.getSemanticDiagnostics(program.getSourceFile(join(folder, name))));
  expect(diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

describe.each(names)('%s', (name) => {
  let outdir: string;
  beforeAll(() => { outdir = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-example-')); });
  afterAll(() => rmSync(outdir, { recursive: true }));

  test('is written as YAML that kubectl reads and the API server takes', () => {
    const run = spawnSync(process.execPath, ['--import', 'tsx', join(folder, name)], {
      encoding: 'utf8',
      env: { ...process.env, CDK8S_OUTDIR: outdir, TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.json') },
    });
    expect([run.stderr, run.status]).toEqual(['', 0]);
    const documents = readdirSync(outdir).flatMap((file) => [...readManifests(readFileSync(join(outdir, file)))]);
    expect(documents.flatMap(({ value }) => validateManifest(value).filter(({ severity }) => severity === 'error'))).toEqual([]);
    expect(documents).toHaveLength(1);
    for (const { value } of documents) expected[name]?.(value as Job & CronJob);
  });
});
