import { testCluster } from './api';
import { failureCases } from './failures/cases';
import { play } from './failures/play';

const cluster = testCluster();

// They mostly wait, each in a namespace of its own, so that they run side by side.
test.concurrent.each(failureCases)('a Job with $name: $verdict, $diagnosis', async (failure) => {
  const { verdict, diagnosis, exitCode, hint } = await play(cluster, failure);
  expect({ verdict, diagnosis, exitCode }).toEqual({ verdict: failure.verdict, diagnosis: failure.diagnosis, exitCode: failure.exitCode });
  expect(hint).not.toBe('');
});
