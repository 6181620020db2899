import { endToEndCases } from './cases';
import { openLocalStage } from './local-stage';
import { largeOrderCase } from './order-cases';
import type { EndToEndCase } from './stage';

jest.setTimeout(150_000);

async function playOn({ play }: EndToEndCase): Promise<void> {
  const stage = await openLocalStage();
  try {
    await play(stage);
  } finally {
    await stage.close();
  }
}

// Every case has a cluster of its own; they mostly wait, so they run side by side.
test.concurrent.each(endToEndCases.map((one) => [one.name, one] as const))('on the local cluster: %s', async (_, one) => playOn(one));

// It does not wait, and others would wait for it.
const large = largeOrderCase(10);
test(`on the local cluster: ${large.name}`, async () => playOn(large));
