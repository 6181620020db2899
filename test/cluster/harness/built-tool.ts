import { basename, join } from 'node:path';
import { cachedGoBuild, requiredVersion, type Say } from './go-build';
import { downloadModule } from './kubernetes-module';

/** A tool built from Go modules: its program, and its sources, which hold its CustomResourceDefinitions. */
export interface BuiltTool {
  readonly program: string;
  readonly sources: string;
}

/**
 * Builds the one program of a tool, or finds it built.
 *
 * @param folder that of the go.mod which requires the tool's module
 * @throws {ClusterUnavailableError} when there is no Go, a module is not to be had, or the build fails
 */
export async function buildTool(folder: string, goPackage: string, module: string, say: Say): Promise<BuiltTool> {
  const bin = await cachedGoBuild(basename(folder), folder, [goPackage], { ldflags: '-s -w', say });
  return { program: join(bin, basename(goPackage)), sources: downloadModule(module, `v${requiredVersion(folder, module)}`) };
}
