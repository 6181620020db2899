/** What JobSet itself says: its definition on the live server, and its webhook, of what we write and of what we refuse. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { runProgram, testCluster } from './api';
import { installDefinitions } from './harness/definitions';
import { cachedGoBuild, requiredVersion } from './harness/go-build';
import { downloadModule } from './harness/kubernetes-module';
import { objectsOf } from './harness/objects';
import { JobSet } from '../../src/constructs/job-set';
import { jobSetSchemaRules } from '../../src/rules/job-set/schema';

const cluster = testCluster();
const goModule = 'sigs.k8s.io/jobset';
const folder = join(__dirname, 'job-set');

let removeDefinitions = async (): Promise<void> => {};
beforeAll(async () => {
  const sources = downloadModule(goModule, `v${requiredVersion(folder, goModule)}`);
  const definition = readFileSync(join(sources, 'config/components/crd/bases/jobset.x-k8s.io_jobsets.yaml'), 'utf8');
  removeDefinitions = await installDefinitions(cluster, objectsOf(definition));
}, 5 * 60_000);
afterAll(async () => removeDefinitions());

/** Asks the live server, whose definition has no webhook beside it. */
async function dryRun(manifest: object): Promise<{ readonly status: number; readonly words: string }> {
  const path = '/apis/jobset.x-k8s.io/v1alpha2/namespaces/default/jobsets?dryRun=All&fieldValidation=Strict';
  const { status, body } = await cluster.api.request('POST', path, manifest);
  return { status, words: status === 201 ? '' : (body as { message: string }).message };
}

test('the definition takes what the construct writes', async () => {
  const chart = new Chart(Testing.app(), 'ml');
  const job = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36' }] } as const;
  new JobSet(chart, 'train', {
    metadata: { labels: { team: 'ml' } },
    network: { subdomain: 'net', publishNotReadyAddresses: true },
    failurePolicy: {
      maxRestarts: 3,
      restartStrategy: 'BlockingRecreate',
      rules: [{ name: 'all', action: 'FailJobSet', onJobFailureReasons: ['PodFailurePolicy'], onJobFailureMessagePatterns: ['x'], targetReplicatedJobs: ['leader'] }],
    },
    successPolicy: { operator: 'All', targetReplicatedJobs: ['workers'] },
    coordinator: { replicatedJob: 'workers', jobIndex: 0, podIndex: 0 },
    suspend: false,
    managedBy: 'acme.io/runs',
    ttlSecondsAfterFinished: 60,
    replicatedJobs: [
      { name: 'leader', job },
      { name: 'workers', replicas: 2, groupName: 'gpu', dependsOn: [{ name: 'leader', status: 'Ready' }], job: { ...job, type: 'Indexed', completions: 2 } },
    ],
  });
  expect(await dryRun(Testing.synth(chart)[0] as object)).toEqual({ status: 201, words: '' });
});

const { wrap, rules } = jobSetSchemaRules.schema;

test.each(rules)('the definition refuses what $id refuses, and nothing that it takes', async ({ examples }) => {
  for (const bad of examples.bad) expect((await dryRun(wrap(named(bad)))).status).toBe(422);
  for (const good of examples.good) expect(await dryRun(wrap(named(good)))).toEqual({ status: 201, words: '' });
});

/** Without its webhook, nobody gives the failure rules their names. */
function named(spec: object): object {
  const { failurePolicy } = spec as { failurePolicy?: { rules?: readonly object[] } };
  const rulesOfSpec = failurePolicy?.rules?.map((rule, position) => ({ name: `failurePolicyRule${position}`, ...rule }));
  return rulesOfSpec === undefined ? spec : { ...spec, failurePolicy: { ...failurePolicy, rules: rulesOfSpec } };
}

test('the webhook says what was recorded of it', async () => {
  const built = await cachedGoBuild('job-set', folder, ['cdk8s-jobs/test/cluster/job-set'], {
    ldflags: '-s -w', say: (line) => void process.stderr.write(`${line}\n`),
  });
  const recorded = readFileSync(join(__dirname, '../rules/vectors/job-sets.jsonl'), 'utf8').trim().split('\n')
    .map((line) => JSON.parse(line) as { readonly id: string; readonly manifest: object; readonly refused: readonly string[] });
  const input = recorded.map(({ manifest }) => `${JSON.stringify(manifest)}\n`).join('');
  const { stdout } = await runProgram(join(built, 'job-set'), [], {}, input);
  const answers = stdout.trim().split('\n').map((line) => JSON.parse(line) as string[]);
  expect(recorded.map(({ id }, position) => [id, answers[position]])).toEqual(recorded.map(({ id, refused }) => [id, refused]));
}, 30 * 60_000);
