import { join } from 'node:path';
import { type BuiltTool, buildTool } from '../harness/built-tool';
import type { Say } from '../harness/go-build';

/**
 * Builds Argo CD's controller and repository server as one program, or finds it built.
 *
 * @throws {ClusterUnavailableError} when there is no Go, a module is not to be had, or the build fails
 */
export function buildArgoCd(say: Say): Promise<BuiltTool> {
  return buildTool(join(__dirname, 'argocd'), 'cdk8s-jobs/test/cluster/gitops/argocd', 'github.com/argoproj/argo-cd/v3', say);
}

/**
 * Builds Flux's kustomize-controller, or finds it built.
 *
 * @throws {ClusterUnavailableError} when there is no Go, a module is not to be had, or the build fails
 */
export function buildKustomizeController(say: Say): Promise<BuiltTool> {
  const module = 'github.com/fluxcd/kustomize-controller';
  return buildTool(join(__dirname, 'kustomize-controller'), module, module, say);
}
