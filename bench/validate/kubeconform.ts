import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openapiDocument } from '../../src/local/api-openapi';

/** The version that is compared with. */
const version = 'v0.8.0';

/**
 * The command that checks manifests with kubeconform, offline: the program of KUBECONFORM, or one that Go builds into `folder`.
 *
 * Its schemas are those that the local API server publishes, since kubeconform's own are fetched from the network.
 */
export function kubeconformCommand(folder: string): readonly string[] {
  const program = process.env.KUBECONFORM ?? build(folder);
  const schemas = join(folder, 'schemas');
  mkdirSync(schemas, { recursive: true });
  const { components } = openapiDocument('/openapi/v3/apis/batch/v1', '') as { readonly components: object };
  for (const kind of ['Job', 'CronJob']) {
    writeFileSync(join(schemas, `${kind.toLowerCase()}-batch-v1.json`), JSON.stringify({ $ref: `#/components/schemas/v1.${kind}`, components }));
  }
  return [program, '-strict', '-summary', '-schema-location', join(schemas, '{{.ResourceKind}}{{.KindSuffix}}.json')];
}

function build(folder: string): string {
  const program = join(folder, 'bin', 'kubeconform');
  if (existsSync(program)) return program;
  const options = { env: { ...process.env, GOBIN: join(folder, 'bin') }, encoding: 'utf8' as const };
  const { status, stderr } = spawnSync('go', ['install', `github.com/yannh/kubeconform/cmd/kubeconform@${version}`], options);
  if (status !== 0) throw new Error(`Cannot build kubeconform; name one with KUBECONFORM: ${stderr}`);
  return program;
}
