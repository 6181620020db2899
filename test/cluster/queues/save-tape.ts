import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../src/port/cluster-port';
import type { JobVerdict } from '../../../src/verdict/job-verdict';
import { judge } from '../../../src/verdict/judge';
import type { Observation } from '../../../src/verdict/observation';

/** Writes a tape into the folder of CDK8S_JOBS_TEST_TAPES, if that is set, under the name of the Job. */
export function saveTape(manifest: KubernetesObject, what: string, lines: readonly Observation[], { stuck }: JobVerdict): void {
  const folder = process.env.CDK8S_JOBS_TEST_TAPES;
  const name = manifest.metadata?.name ?? '';
  if (folder === undefined) return;
  const { verdict, reason, diagnosis, exitCode, hint, decidedAt } = judge(lines);
  const truth = { verdict, reason, diagnosis, hint, exitCode, failFastAt: stuck ? decidedAt : null };
  const head = { tape: name, what, kubernetes: '1.37.2', kueue: '0.17.0', manifests: [manifest], truth };
  writeFileSync(join(folder, `${name}.jsonl`), [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
}
