import { testCluster } from './api';
import { openKubernetesStage } from './end-to-end-stage';
import { endToEndCases } from '../end-to-end/cases';
import { killedCase, largeOrderCase } from '../end-to-end/order-cases';
import type { EndToEndCase } from '../end-to-end/stage';

const cluster = testCluster();

async function playOn({ play }: EndToEndCase): Promise<void> {
  const stage = await openKubernetesStage(cluster);
  try {
    await play(stage);
  } finally {
    await stage.close();
  }
}

// Each has a namespace of its own, and they mostly wait.
test.concurrent.each([...endToEndCases, killedCase].map((one) => [one.name, one] as const))('on the real cluster: %s', async (_, one) => playOn(one));

// Two cores start about two pods a second.
const large = largeOrderCase(10);
test(`on the real cluster: ${large.name}`, async () => playOn(large), 1_000_000);
