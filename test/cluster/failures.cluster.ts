import { testCluster } from './api';
import { failureCases } from './failures/cases';
import { play } from './failures/play';
import { runCase } from './failures/run-case';
import { ClusterError } from '../../src/port/cluster-port';
import { exitStatus } from '../../src/verdict/exit-status';
import { judge } from '../../src/verdict/judge';

const cluster = testCluster();
const waitingCases = new Set(['Running', 'Suspended']);

// They mostly wait, each in a namespace of its own, so that they run side by side.
test.concurrent.each(failureCases)('a Job with $name: $verdict, $diagnosis', async (failure) => {
  const { verdict, diagnosis, exitCode, hint } = await play(cluster, failure);
  expect({ verdict, diagnosis, exitCode }).toEqual({ verdict: failure.verdict, diagnosis: failure.diagnosis, exitCode: failure.exitCode });
  expect(hint).not.toBe('');
});

const ofRun = failureCases.filter(({ runError }) => runError === undefined);

test.concurrent.each(ofRun)('run of a Job with $name: exit status $exitStatus', async (failure) => {
  const { verdict: found, tape, secondsAfterVerdict } = await runCase(cluster, failure);
  const { verdict, diagnosis, exitCode } = failure;
  expect({ verdict: found.verdict, diagnosis: found.diagnosis, exitCode: found.exitCode, exitStatus: exitStatus(found) })
    .toEqual({ verdict, diagnosis, exitCode, exitStatus: failure.exitStatus });
  // Only what nobody ends is given up.
  expect(found.stuck).toBe(verdict === 'Running');
  if (waitingCases.has(verdict)) expect(secondsAfterVerdict).toBeLessThan(2);
  const ofTape = judge(tape);
  expect({ ...ofTape, stuck: found.stuck }).toEqual(found);
});

const refusedByRun = failureCases.filter(({ runError }) => runError !== undefined);

test.concurrent.each(refusedByRun)('run of a Job with $name: error $runError', async (failure) => {
  const error: unknown = await runCase(cluster, failure).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ClusterError);
  expect(error).toMatchObject({ code: failure.runError });
});
