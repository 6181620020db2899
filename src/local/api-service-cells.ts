import { humanAge } from './human-duration';
import { asObject } from '../core/json';
import type { Instant } from '../core/time';
import type { KubernetesObject } from '../port/cluster-port';

const none = '<none>';

/**
 * The cells of a Service. None has a load balancer here.
 *
 * @source pkg/printers/internalversion/printers.go printService (v1.37)
 */
export function serviceCells({ metadata = {}, spec }: KubernetesObject, now: Instant): readonly string[] {
  const { type = 'ClusterIP', clusterIPs, externalIPs, externalName, ports, selector } = asObject(spec);
  const external: Readonly<Record<string, string>> = { ExternalName: String(externalName), LoadBalancer: '<pending>' };
  const listed = textsOf(externalIPs);
  return [
    metadata.name ?? '',
    String(type),
    textsOf(clusterIPs)[0] ?? none,
    listed.length > 0 && type !== 'ExternalName' ? listed.join(',') : external[String(type)] ?? none,
    Array.isArray(ports) && ports.length > 0 ? ports.map(portText).join(',') : none,
    humanAge(metadata.creationTimestamp, now),
    Object.entries(asObject(selector)).map(([key, value]) => `${key}=${String(value)}`).sort().join(',') || none,
  ];
}

function portText(written: unknown): string {
  const { port, nodePort = 0, protocol } = asObject(written);
  return `${String(port)}${nodePort === 0 ? '' : `:${String(nodePort)}`}/${String(protocol)}`;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
