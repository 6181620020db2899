/**
 * Adds the answers of a live API server to `test/rules/vectors`: to each recorded creation and change that the version before knows, the
 * server's version, and its answer where that is another one.
 *
 *     KUBECONFIG=$(npx tsx test/cluster/main.ts kubeconfig) npx tsx scripts/record-vectors.ts
 *
 * Lines are changed as texts: they hold integers that JavaScript cannot hold.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverVersion } from '../test/cluster/api';
import { type KubeApi, openKubeApi } from '../test/cluster/kube-api';
import { askServer, type ValidationAnswer } from '../test/cluster/validation/server-answer';
import { askServerOfUpdate } from '../test/cluster/validation/server-update';
import { updateVectors, type ValidationVector, validationVectors } from '../test/cluster/validation/vectors';

const folder = join(__dirname, '..', 'test', 'rules', 'vectors');

async function main(kubeconfig: string | undefined): Promise<void> {
  if (kubeconfig === undefined) throw new Error('Cannot ask a server: KUBECONFIG is not set');
  const api = openKubeApi(kubeconfig);
  const version = await serverVersion(api);
  await record('create.jsonl', validationVectors(), version, ({ text }) => askServer(api, text));
  await record('update.jsonl', updateVectors(), version, async ({ id, old, text }) => askServerOfUpdate(api, await namespaceFor(api, id), old, text));
}

/** A namespace of its own for a change, which is really made there. */
async function namespaceFor(api: KubeApi, id: string): Promise<string> {
  const { body } = await api.mustRequest('POST', '/api/v1/namespaces', { metadata: { generateName: `${id.slice(0, 40).toLowerCase()}-` } });
  return (body as { readonly metadata: { readonly name: string } }).metadata.name;
}

async function record<Vector extends ValidationVector>(
  file: string, vectors: readonly Vector[], version: string, ask: (vector: Vector) => Promise<ValidationAnswer | undefined>,
): Promise<void> {
  const path = join(folder, file);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const before = `1.${Number(version.slice(2)) - 1}`;
  for (const [position, vector] of vectors.entries()) {
    const line = lines[position] ?? '';
    const known = vector.answerOf(before);
    if (known === undefined || line.includes(`"${version}":`)) continue;
    const live = await ask(vector);
    if (live === undefined) continue;
    lines[position] = withAnswer(withVersion(line, before, version), version, JSON.parse(line) as Recorded, live);
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
}

interface Recorded {
  readonly valid: boolean;
  readonly errors: ReadonlyArray<{ readonly field: string; readonly type: string }>;
  readonly stage?: string;
}

/** A line whose list of versions goes on. */
function withVersion(line: string, before: string, version: string): string {
  return line.includes(`"${version}"`) ? line : line.replace(new RegExp(`("versions":\\[[^\\]]*"${before}")`), `$1,"${version}"`);
}

/** A line with the answer of a version, where that is not the one that all have. */
function withAnswer(line: string, version: string, { valid, errors, stage }: Recorded, live: ValidationAnswer): string {
  const common = [valid ? 'accepted' : stage ?? 'refused', ...errors.map(({ field, type }) => `${field} ${type}`).sort()];
  if (JSON.stringify(common) === JSON.stringify([live.stage, ...live.errors])) return line;
  const answer = {
    valid: live.stage === 'accepted',
    errors: live.errors.map((error) => ({ field: error.slice(0, error.lastIndexOf(' ')), type: error.slice(error.lastIndexOf(' ') + 1) })),
    ...live.stage === 'accepted' || live.stage === 'refused' ? {} : { stage: live.stage },
  };
  const entry = `"${version}":${JSON.stringify(answer)}`;
  return line.includes('"byVersion":{') ? line.replace('"byVersion":{', `"byVersion":{${entry},`) : line.replace(/\}$/, `,"byVersion":{${entry}}}`);
}

main(process.env.KUBECONFIG).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
});
