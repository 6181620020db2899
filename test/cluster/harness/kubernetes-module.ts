import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterUnavailableError } from './errors';
import { cacheFolder } from './folders';
import { requiredVersion, type Say } from './go-build';
import { findModule, writeModuleWithStandIns } from './stand-ins';

const committed = join(__dirname, '..', 'kubernetes');

/** The version of Kubernetes that the committed go.mod names, such as `1.37.2`. */
export function defaultKubernetesVersion(): string {
  return requiredVersion(committed, 'k8s.io/kubernetes');
}

/**
 * The folder of a Go module that requires a version of Kubernetes: the committed one, or one made in the cache.
 *
 * @throws {ClusterUnavailableError} when the version is not there as a module
 */
export function kubernetesModule(version: string, say: Say): string {
  if (version === defaultKubernetesVersion()) return committed;
  const folder = join(cacheFolder(), 'kubernetes-modules', version);
  if (existsSync(join(folder, 'go.sum'))) return folder;
  if (isUsable('k8s.io/kubernetes', `v${version}`)) writeKubernetesModule(version, folder, say);
  else writeModuleWithStandIns(version, defaultKubernetesVersion(), folder, say);
  return folder;
}

/** Whether this Go takes a module as it is; one that asks for a newer Go it downloads and refuses. */
function isUsable(name: string, version: string): boolean {
  return findModule(name, version, committed)?.Dir !== undefined;
}

/** Whether a folder of `kubernetesModule` was made with stand-ins: only some programs can be built of it. */
export function hasStandIns(folder: string): boolean {
  return existsSync(join(folder, 'src'));
}

/**
 * Writes go.mod, go.sum and tools.go for a version of Kubernetes.
 *
 * Kubernetes' own go.mod replaces its staging modules by folders of its repository; each is published as a module too, v0.Y.Z for v1.Y.Z,
 * so the list of replacements is read from that go.mod and pointed at those.
 * @throws {ClusterUnavailableError} when the version is not there as a module
 */
export function writeKubernetesModule(version: string, folder: string, say: Say): void {
  say(`making a Go module for Kubernetes ${version}`);
  mkdirSync(folder, { recursive: true });
  const original = readFileSync(join(downloadKubernetes(version), 'go.mod'), 'utf8');
  const staging = [...original.matchAll(/^\s+(k8s\.io\/[\w-]+) => \.\/staging\//gm)].map(([, name]) => name ?? '');
  const stagingVersion = `v0.${version.split('.').slice(1).join('.')}`;
  const lines = [
    'module cdk8s-jobs/test/cluster/kubernetes', '',
    /^go .*$/m.exec(original)?.[0] ?? '', '',
    `require k8s.io/kubernetes v${version}`, '',
    'replace (',
    ...staging.map((name) => `\t${name} => ${name} ${stagingVersion}`),
    ')', '',
  ];
  writeFileSync(join(folder, 'go.mod'), lines.join('\n'));
  if (folder !== committed) copyFileSync(join(committed, 'tools.go'), join(folder, 'tools.go'));
  execFileSync('go', ['mod', 'tidy'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** A file of the sources of a version of Kubernetes: of its module, or of the copy that a build with stand-ins made. */
export function readSource(version: string, path: string): string {
  const copy = join(cacheFolder(), 'kubernetes-modules', version, 'src', 'k8s.io', 'kubernetes');
  return readFileSync(join(existsSync(copy) ? copy : downloadKubernetes(version), path), 'utf8');
}

/**
 * The folder of the sources of a version of Kubernetes, which are downloaded unless they are there.
 *
 * @throws {ClusterUnavailableError} when the version is not there as a module
 */
function downloadKubernetes(version: string): string {
  return downloadModule('k8s.io/kubernetes', `v${version}`);
}

/**
 * The folder of the sources of a Go module, `k8s.io/api` in version `v0.37.2`, which are downloaded unless they are there.
 *
 * @throws {ClusterUnavailableError} when there is no such module
 */
export function downloadModule(name: string, version: string): string {
  try {
    const answer = execFileSync('go', ['mod', 'download', '-json', `${name}@${version}`], { cwd: committed, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return (JSON.parse(answer) as { Dir: string }).Dir;
  } catch (error) {
    throw new ClusterUnavailableError(`Cannot get ${name} ${version} as a Go module: ${String((error as Error).message).split('\n')[0]}`);
  }
}
