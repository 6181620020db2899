import { groupPath } from './paths';
import type { Transport } from './transport';
import { ClusterError, type KubernetesObject, type Resource } from '../../port/cluster-port';
import { tryFindResource } from '../../port/resources';

/** Finds how REST names the kinds of a cluster; for well-known kinds it does not have to ask. */
export class Discovery {
  private readonly groups = new Map<string, Promise<readonly Resource[]>>();

  public constructor(private readonly transport: Transport) {}

  /** The resource of an object. @throws {ClusterError} NOT_FOUND for a kind that the cluster does not have. */
  public async find({ apiVersion = '', kind = '' }: KubernetesObject): Promise<Resource> {
    const known = tryFindResource(apiVersion, kind);
    if (known !== undefined) return known;
    const found = (await this.group(apiVersion)).find((resource) => resource.kind === kind);
    if (found !== undefined) return found;
    // Its definition may still be going to be applied.
    this.groups.delete(apiVersion);
    throw new ClusterError('NOT_FOUND', `Cannot find a kind ${kind} of ${apiVersion} in this cluster`, {
      status: 404, reason: 'NotFound', hint: 'is its CustomResourceDefinition installed?',
    });
  }

  private group(apiVersion: string): Promise<readonly Resource[]> {
    const known = this.groups.get(apiVersion) ?? this.read(apiVersion);
    this.groups.set(apiVersion, known);
    // A failed request is not cached.
    known.catch(() => this.groups.delete(apiVersion));
    return known;
  }

  private async read(apiVersion: string): Promise<readonly Resource[]> {
    try {
      const { body } = await this.transport.call({ verb: 'discover', target: `the kinds of ${apiVersion}`, method: 'GET', path: groupPath(apiVersion) });
      const { resources = [] } = body as { resources?: ReadonlyArray<{ name: string; kind: string; namespaced: boolean }> };
      return resources
        .filter(({ name }) => !name.includes('/'))
        .map(({ name, kind, namespaced }) => ({ apiVersion, kind, plural: name, namespaced }));
    } catch (error) {
      if (error instanceof ClusterError && error.code === 'NOT_FOUND') return [];
      throw error;
    }
  }
}
