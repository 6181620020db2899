import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cachedGoBuild, type Say } from './go-build';
import { defaultKubernetesVersion, hasStandIns, kubernetesModule } from './kubernetes-module';
import { standInEnvironment, standInPrograms } from './stand-ins';

const programs = ['kube-apiserver', 'kubectl', 'kubelet', 'kube-controller-manager', 'kube-scheduler'];

/**
 * Builds the programs of a version of Kubernetes, or finds them built, and returns their folder.
 *
 * @throws {ClusterUnavailableError} when there is no Go, no such version, or the build fails
 */
export async function buildKubernetes(version: string, say: Say): Promise<string> {
  const packagesOf = (names: readonly string[]): string[] => names.map((name) => `k8s.io/kubernetes/cmd/${name}`);
  const module = kubernetesModule(version, say);
  const ldflags = `-s -w ${versionFlags(version)}`;
  if (!hasStandIns(module)) return cachedGoBuild(`kubernetes-${version}`, module, packagesOf(programs), { ldflags, say });
  const folder = await cachedGoBuild(`kubernetes-${version}`, module, packagesOf(standInPrograms), { ldflags, say, env: standInEnvironment });
  const others = await buildKubernetes(defaultKubernetesVersion(), say);
  for (const name of programs) if (!existsSync(join(folder, name))) symlinkSync(join(others, name), join(folder, name));
  return folder;
}

/** What `kubectl version`, `/version` and user agents show; Kubernetes' own build script stamps the same variables. */
function versionFlags(version: string): string {
  const [major, minor] = version.split('.');
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version']
    .flatMap((path) => [`-X ${path}.gitVersion=v${version}`, `-X ${path}.gitMajor=${major}`, `-X ${path}.gitMinor=${minor}`])
    .join(' ');
}
