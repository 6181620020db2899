import { endToEndCases } from './cases';
import { killedCase } from './order-cases';
import { openServedStage } from './served-stage';
import { run, shellJob, until } from './stage';
import { pods } from '../../src/port/resources';

jest.setTimeout(150_000);

// The same cases as on the local cluster, with its API server between: they mostly wait, so they run side by side.
test.concurrent.each([...endToEndCases, killedCase].map((one) => [one.name, one] as const))('on the served cluster: %s', async (_, { play }) => {
  const stage = await openServedStage();
  try {
    await play(stage);
  } finally {
    await stage.close();
  }
});

test('on the served cluster: the log of a pod that is gone before anybody asks for it is whole', async () => {
  const stage = await openServedStage();
  try {
    const { port } = stage.cluster;
    const logs = port.logs.bind(port);
    port.logs = async function* lateLogs(pod, options, signal) {
      await until('its end', async () => port.get({ resource: pods, ...pod }).then(() => undefined, () => true));
      yield* logs(pod, options, signal);
    };
    const { jobs: [verdict], text } = await run(stage, [shellJob('ttl', `echo short life; sleep ${stage.sleep(10)}`, { ttlSecondsAfterFinished: 0 })]);
    expect([verdict?.verdict, text]).toEqual(['Complete', 'short life\n']);
  } finally {
    await stage.close();
  }
});
