import { cachedGoBuild, type Say } from './go-build';
import { kubernetesModule } from './kubernetes-module';

const programs = ['kube-apiserver', 'kubectl', 'kubelet', 'kube-controller-manager', 'kube-scheduler'];

/**
 * Builds the programs of a version of Kubernetes, or finds them built, and returns their folder.
 *
 * @throws {ClusterUnavailableError} when there is no Go, no such version, or the build fails
 */
export async function buildKubernetes(version: string, say: Say): Promise<string> {
  const packages = programs.map((name) => `k8s.io/kubernetes/cmd/${name}`);
  return cachedGoBuild(`kubernetes-${version}`, kubernetesModule(version, say), packages, { ldflags: `-s -w ${versionFlags(version)}`, say });
}

/** What `kubectl version`, `/version` and user agents show; Kubernetes' own build script stamps the same variables. */
function versionFlags(version: string): string {
  const [major, minor] = version.split('.');
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version']
    .flatMap((path) => [`-X ${path}.gitVersion=v${version}`, `-X ${path}.gitMajor=${major}`, `-X ${path}.gitMinor=${minor}`])
    .join(' ');
}
