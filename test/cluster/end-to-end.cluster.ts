import { testCluster } from './api';
import { openKubernetesStage } from './end-to-end-stage';
import { endToEndCases } from '../end-to-end/cases';

const cluster = testCluster();

// Each has a namespace of its own, and they mostly wait.
test.concurrent.each(endToEndCases.map((one) => [one.name, one] as const))('on the real cluster: %s', async (_, { play }) => {
  const stage = await openKubernetesStage(cluster);
  try {
    await play(stage);
  } finally {
    await stage.close();
  }
});
