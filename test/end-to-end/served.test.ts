import { endToEndCases } from './cases';
import { openServedStage } from './served-stage';

jest.setTimeout(150_000);

// The same cases as on the local cluster, with its API server between: they mostly wait, so they run side by side.
test.concurrent.each(endToEndCases.map((one) => [one.name, one] as const))('on the served cluster: %s', async (_, { play }) => {
  const stage = await openServedStage();
  try {
    await play(stage);
  } finally {
    await stage.close();
  }
});
