/**
 * What JobSet itself says: its definition on the live server, and its webhook, of what we write and of what we refuse; and what its
 * controller makes of it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { createNamespace, deleteNamespace, list, runProgram, testCluster, tryGet, until } from './api';
import { installDefinitions } from './harness/definitions';
import { cachedGoBuild, requiredVersion } from './harness/go-build';
import { downloadModule } from './harness/kubernetes-module';
import { objectsOf, patch, pathOf } from './harness/objects';
import { hookedLabel, type OwnCluster, startJobSetController } from './job-set/controller';
import { JobSet } from '../../src/constructs/job-set';
import { jobSetSchemaRules } from '../../src/rules/job-set/schema';
import { connect } from '../../src/runtime/connection/connect';

const cluster = testCluster();
const goModule = 'sigs.k8s.io/jobset';
const folder = join(__dirname, 'job-set');

const buildMs = 30 * 60_000;

let removeDefinitions = async (): Promise<void> => {};
let built = '';
let sources = '';
beforeAll(async () => {
  built = await cachedGoBuild('job-set', folder, ['cdk8s-jobs/test/cluster/job-set', goModule], {
    ldflags: '-s -w', say: (line) => void process.stderr.write(`${line}\n`),
  });
  sources = downloadModule(goModule, `v${requiredVersion(folder, goModule)}`);
  const definition = readFileSync(join(sources, 'config/components/crd/bases/jobset.x-k8s.io_jobsets.yaml'), 'utf8');
  removeDefinitions = await installDefinitions(cluster, objectsOf(definition));
}, buildMs);
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
  const recorded = readFileSync(join(__dirname, '../rules/vectors/job-sets.jsonl'), 'utf8').trim().split('\n')
    .map((line) => JSON.parse(line) as { readonly id: string; readonly manifest: object; readonly refused: readonly string[] });
  const input = recorded.map(({ manifest }) => `${JSON.stringify(manifest)}\n`).join('');
  const { stdout } = await runProgram(join(built, 'job-set'), [], {}, input);
  const answers = stdout.trim().split('\n').map((line) => JSON.parse(line) as string[]);
  expect(recorded.map(({ id }, position) => [id, answers[position]])).toEqual(recorded.map(({ id, refused }) => [id, refused]));
});

/** Its webhooks can be reached where the API server runs on this machine, as the one of the suite does. */
if (cluster.folder !== undefined) {
  test('the controller makes the Jobs of the construct in the order that it says, with the host names that the guide promises', async () => {
    const stop = await startJobSetController(cluster as OwnCluster, join(built, 'jobset'), sources);
    const namespace = await createNamespace(cluster, 'job-set');
    try {
      await patch(cluster.api, 'Namespace', '', namespace, { metadata: { labels: { [hookedLabel]: 'true' } } });
      await playLeaderAndWorkers(namespace);
    } finally {
      await deleteNamespace(cluster, namespace);
      await stop();
    }
  }, 5 * 60_000);
}

async function playLeaderAndWorkers(namespace: string): Promise<void> {
  const chart = new Chart(Testing.app(), 'group', { disableResourceNameHashes: true });
  const main = { name: 'main', image: 'busybox:1.36', imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', 'hostname'] } as const;
  new JobSet(chart, 'train', {
    metadata: { name: 'train' },
    replicatedJobs: [
      { name: 'leader', job: { restartPolicy: 'Never', containers: [main] } },
      {
        name: 'workers',
        replicas: 2,
        dependsOn: [{ name: 'leader', status: 'Complete' }],
        job: { type: 'Indexed', completions: 2, parallelism: 2, restartPolicy: 'Never', containers: [main] },
      },
    ],
  });
  const jobSets = `/apis/jobset.x-k8s.io/v1alpha2/namespaces/${namespace}/jobsets`;
  await cluster.api.mustRequest('POST', jobSets, Testing.synth(chart)[0] as object);
  await until('the JobSet has ended', async () => ((await tryGet(cluster.api, `${jobSets}/train`))?.status as { terminalState?: string })?.terminalState);

  const jobs = await list(cluster.api, `/apis/batch/v1/namespaces/${namespace}/jobs?labelSelector=jobset.sigs.k8s.io/jobset-name%3Dtrain`);
  expect(jobs.map(({ metadata: { name } }) => name).sort()).toEqual(['train-leader-0', 'train-workers-0', 'train-workers-1']);
  const [leader, ...workers] = jobs.sort((one, other) => one.metadata.name.localeCompare(other.metadata.name));
  const leaderEnded = Date.parse(String(leader?.status?.completionTime));
  for (const { metadata } of workers) expect(Date.parse(metadata.creationTimestamp)).toBeGreaterThanOrEqual(leaderEnded);

  const client = await connect({ kubeconfig: cluster.kubeconfig, namespace });
  const { jobs: verdicts } = await client.wait(jobs.map(({ metadata: { name } }) => name));
  expect(verdicts.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['train-leader-0', 'Complete'], ['train-workers-0', 'Complete'], ['train-workers-1', 'Complete'],
  ]);
  await client.close();
  const pods = await list(cluster.api, pathOf('Pod', namespace));
  expect(pods.map(({ spec: { hostname, subdomain } }) => `${hostname}.${subdomain}`).sort()).toEqual([
    'train-leader-0-0.train', 'train-workers-0-0.train', 'train-workers-0-1.train', 'train-workers-1-0.train', 'train-workers-1-1.train',
  ]);
}
