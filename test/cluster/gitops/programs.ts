import { join } from 'node:path';
import { cachedGoBuild, requiredVersion, type Say } from '../harness/go-build';
import { downloadModule } from '../harness/kubernetes-module';

/** A tool built from Go modules: its program, and its sources, which hold its CustomResourceDefinitions. */
export interface BuiltTool {
  readonly program: string;
  readonly sources: string;
}

/**
 * Builds Argo CD's controller and repository server as one program, or finds it built.
 *
 * @throws {ClusterUnavailableError} when there is no Go, a module is not to be had, or the build fails
 */
export function buildArgoCd(say: Say): Promise<BuiltTool> {
  return build('argocd', 'cdk8s-jobs/test/cluster/gitops/argocd', 'github.com/argoproj/argo-cd/v3', say);
}

/**
 * Builds Flux's kustomize-controller, or finds it built.
 *
 * @throws {ClusterUnavailableError} when there is no Go, a module is not to be had, or the build fails
 */
export function buildKustomizeController(say: Say): Promise<BuiltTool> {
  const module = 'github.com/fluxcd/kustomize-controller';
  return build('kustomize-controller', module, module, say);
}

async function build(name: string, goPackage: string, module: string, say: Say): Promise<BuiltTool> {
  const folder = join(__dirname, name);
  const bin = await cachedGoBuild(name, folder, [goPackage], { ldflags: '-s -w', say });
  return { program: join(bin, name), sources: downloadModule(module, `v${requiredVersion(folder, module)}`) };
}
