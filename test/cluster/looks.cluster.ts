import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testCluster } from './api';
import { observe, situations } from './looks/situations';
import { judge } from '../../src/verdict/judge';

const cluster = testCluster();
/** Milliseconds: a CronJob needs up to three minutes for its second tick. */
const longest = 240_000;

// They mostly wait, each in a namespace of its own, so that they run side by side.
test.concurrent.each(situations)('$what ($name): $verdict, $diagnosis', async (situation) => {
  const { name, what, verdict, reason, diagnosis, exitCode } = situation;
  const lines = await observe(cluster, situation);
  const said = judge(lines);
  const folder = process.env.CDK8S_JOBS_TEST_TAPES;
  if (folder !== undefined) {
    const truth = { verdict, reason, diagnosis, hint: said.hint, exitCode, failFastAt: said.decidedAt };
    const head = { tape: name, what, kubernetes: '1.37.2', watched: lines.at(-1)?.at, truth };
    writeFileSync(join(folder, `${name}.jsonl`), [head, ...lines].map((line) => `${JSON.stringify(line, withoutManagedFields)}\n`).join(''));
  }
  expect(said).toMatchObject({ verdict, reason, diagnosis, exitCode });
  expect(said.hint).not.toBe('');
}, longest);

function withoutManagedFields(key: string, value: unknown): unknown {
  return key === 'managedFields' ? undefined : value;
}
