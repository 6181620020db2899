import { endToEndCases } from './cases';
import { openLocalStage } from './local-stage';
import { largeOrderCase } from './order-cases';

jest.setTimeout(150_000);

// Every case has a cluster of its own; they mostly wait, so they run side by side.
test.concurrent.each([...endToEndCases, largeOrderCase(10)].map((one) => [one.name, one] as const))('on the local cluster: %s', async (_, { play }) => {
  const stage = await openLocalStage();
  try {
    await play(stage);
  } finally {
    await stage.close();
  }
});
