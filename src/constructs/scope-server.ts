import { Construct, type IConstruct } from 'constructs';
import { noteChange } from './render/changes';
import { UsageError } from '../core/errors';
import { defaultVersion, previewNotice, type ServerOptions, serverOf, serverOptions } from '../rules/rule/versions';

/** The API server that the Jobs of each scope are made for. */
const applied = new WeakMap<object, ServerOptions>();
let count = 0;
const notices = new Set<string>();

/** What says for which API server Jobs are made. */
export interface KubernetesTarget {
  /** Has the Jobs, CronJobs and JobSets of a chart or an app judged as this server would; the nearest scope that says it counts. */
  applyTo(scope: IConstruct): void;
}

/**
 * The API server that the Jobs of a chart or an app are made for, where it is not one of the default version with default feature gates.
 *
 * @example
 * forKubernetes({ kubernetesVersion: '1.36' }).applyTo(app);
 *
 * @throws UsageError for a version that is not known, and for feature gates with which no such server would start
 */
export function forKubernetes(options: ServerOptions): KubernetesTarget {
  const server = serverOptions(options);
  serverOf(server);
  return {
    applyTo(scope) {
      if (!Construct.isConstruct(scope)) throw new UsageError('Cannot apply the version of Kubernetes: expected a chart, an app or another construct');
      applied.set(scope, server);
      count += 1;
      const notice = previewNotice(server.kubernetesVersion ?? defaultVersion);
      if (notice !== undefined) notices.add(notice);
      noteChange();
    },
  };
}

/** What has to be said of the servers that were applied since this was last asked. */
export function takeNotices(): readonly string[] {
  const taken = [...notices];
  notices.clear();
  return taken;
}

/** How often a server was applied to a scope. */
export function appliedServers(): number {
  return count;
}

/** The server for which an object is made. */
export function serverFor(construct: IConstruct): ServerOptions {
  if (count === 0) return {};
  for (let scope: IConstruct | undefined = construct; scope !== undefined; scope = scope.node.scope) {
    const server = applied.get(scope);
    if (server !== undefined) return server;
  }
  return {};
}
