import { createNamespace, deleteNamespace, testCluster } from './api';
import { makePlayedNode, type Outcome, playScenario } from './engine/play-scenario';
import { type RandomScenario, randomScenarios } from './engine/random-scenarios';
import type { JobStatus } from '../../src/api/kubernetes';
import { simulate } from '../../src/testing/simulate';

const cluster = testCluster();
const { api } = cluster;
const seed = Number(process.env.CDK8S_JOBS_TEST_SEED ?? 1);
const count = Number(process.env.CDK8S_JOBS_TEST_SCENARIOS ?? 60);

/** What comes of a scenario in a simulation. */
function simulated({ manifest, script }: RandomScenario): Outcome {
  const { condition, reason, status, pods } = simulate(manifest, script, { until: 150 });
  const { succeeded = 0, failed = 0, completedIndexes = '', failedIndexes = '' } = status as JobStatus;
  return { condition: condition ?? null, reason: reason ?? null, succeeded, failed, completedIndexes, failedIndexes, pods: pods.length };
}

test(`${count} Jobs made at random end in a simulation as with the real controllers (CDK8S_JOBS_TEST_SEED=${seed})`, async () => {
  const removeNode = await makePlayedNode(api);
  const namespaces = [await createNamespace(cluster, 'engine'), await createNamespace(cluster, 'engine-again')] as const;
  const rest = randomScenarios(seed, count).values();
  const reasons = new Set<string | null>();
  const wrong: string[] = [];
  /** Plays one, and returns how the real one differs from the simulation, if it does. */
  const difference = async (scenario: RandomScenario, namespace: string): Promise<string | undefined> => {
    const [real, ours] = [await playScenario(api, namespace, scenario), simulated(scenario)];
    reasons.add(real.reason);
    if (JSON.stringify(real) === JSON.stringify(ours)) return undefined;
    return [scenario, { real }, { simulated: ours }].map((part) => JSON.stringify(part)).join('\n  ');
  };
  try {
    const doubtful: RandomScenario[] = [];
    // A few at a time: the controller manager sends twenty requests a second.
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (const scenario of rest) if (await difference(scenario, namespaces[0]) !== undefined) doubtful.push(scenario);
    }));
    // On a busy machine the controller sees pods one by one that ended together, and starts others meanwhile. Played alone, they tell.
    for (const scenario of doubtful) {
      const again = await difference(scenario, namespaces[1]);
      if (again !== undefined) wrong.push(again);
    }
  } finally {
    for (const namespace of namespaces) await deleteNamespace(cluster, namespace);
    await removeNode();
  }
  expect(reasons.size).toBeGreaterThan(2);
  expect(wrong).toEqual([]);
}, 900_000);
