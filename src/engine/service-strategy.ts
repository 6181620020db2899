import type { StoredObject } from './objects';
import type { TypeMeta } from '../api/kinds';
import { given } from '../core/given';
import { asObject, isObject, type JsonObject } from '../core/json';
import { services } from '../port/resources';

/** Whether something is a Service. */
export function isService({ apiVersion, kind }: TypeMeta): boolean {
  return kind === services.kind && apiVersion === services.apiVersion;
}

/**
 * A new Service as it is stored: with the defaults of an API server, but without an address of its own, which nobody here gives out.
 *
 * @source pkg/apis/core/v1/defaults.go SetDefaults_Service, pkg/registry/core/service/storage/alloc.go (v1.37)
 */
export function prepareNewService(made: StoredObject): StoredObject {
  return { ...withServiceDefaults(made), status: { loadBalancer: {} } };
}

/** A Service with the defaults of what it does not say. */
export function withServiceDefaults(object: StoredObject): StoredObject {
  const { type = 'ClusterIP', sessionAffinity = 'None', ports, ...spec } = asObject(object.spec);
  const isInCluster = type !== 'ExternalName';
  return {
    ...object,
    spec: {
      ...spec,
      type,
      sessionAffinity,
      ...(isInCluster ? { internalTrafficPolicy: 'Cluster', ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', ...addressesOf(spec) } : {}),
      ...given({ ports: Array.isArray(ports) ? ports.map(withPortDefaults) : ports }),
    },
  };
}

/** What the spec says itself comes last. */
function addressesOf(spec: JsonObject): JsonObject {
  const { internalTrafficPolicy, ipFamilies, ipFamilyPolicy, clusterIP } = spec;
  const { clusterIPs = clusterIP === undefined ? undefined : [clusterIP] } = spec;
  return given({ internalTrafficPolicy, ipFamilies, ipFamilyPolicy, clusterIP, clusterIPs });
}

function withPortDefaults(port: unknown): unknown {
  return isObject(port) ? { ...port, protocol: port.protocol ?? 'TCP', targetPort: port.targetPort ?? port.port } : port;
}
