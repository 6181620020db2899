import { type Decoded } from '../../api/decoded';
import { type Container, type ContainerPort, type PodSpec } from '../../api/kubernetes';
import { checkPortName } from '../../api/names';
import { inRange, oneOf, required, wellNamed } from '../rule/makers/makers';
import { type RuleGroup, type Scope } from '../rule/rule';
import { inContainer, inPod, minimalContainer } from '../rule/wrap';


/** One port of a container. */
const portGroup: RuleGroup<Decoded<ContainerPort>> = {
  at: 'spec.template.spec.containers[*].ports[*]',
  source: 'pkg/apis/core/validation/validation.go validateContainerPorts (v1.37)',
  wrap: (port) => inContainer({ ports: [{ containerPort: 80, ...port }] }),
  rules: [
    wellNamed({
      id: 'port-name-well-formed',
      field: 'name',
      message: 'must be a port name: at most 15 lower-case letters, digits and dashes',
      as: { message: 'must be a port name: at most 15 lower-case letters, digits and dashes', check: checkPortName },
      examples: { bad: [{ name: '8080' }, { name: 'a--b' }, { name: 'Web' }], good: [{ name: 'http-1' }] },
    }),
    required({
      id: 'container-port-given',
      field: 'containerPort',
      examples: { bad: [{ containerPort: 0 }], good: [{ containerPort: 1 }] },
    }),
    inRange({
      id: 'container-port-in-range',
      field: 'containerPort',
      checks: 'filled',
      min: 1,
      max: 65535,
      examples: { bad: [{ containerPort: 70_000 }, { containerPort: -1 }], good: [{ containerPort: 65_535 }] },
    }),
    inRange({
      id: 'host-port-in-range',
      field: 'hostPort',
      checks: 'filled',
      min: 1,
      max: 65535,
      examples: { bad: [{ hostPort: 65_536 }], good: [{ hostPort: 0 }, { hostPort: 8080 }] },
    }),
    oneOf({
      id: 'protocol-known',
      field: 'protocol',
      values: ['SCTP', 'TCP', 'UDP'],
      examples: { bad: [{ protocol: 'HTTP' }], good: [{ protocol: 'UDP' }] },
    }),
  ],
};

/** The ports of one container against each other. */
const listGroup: RuleGroup<Decoded<Container>> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go validateContainerPorts (v1.37)',
  wrap: inContainer,
  rules: [{
    id: 'port-names-unique',
    field: 'ports[*].name',
    type: 'Duplicate',
    message: '',
    finds: ({ ports }, scope) => {
      const seen = new Set<string>();
      ports?.forEach(({ name = '' }, position) => {
        if (name === '' || checkPortName(name).length > 0) return;
        if (seen.has(name)) scope.report(name, scope.at.child('ports').index(position).child('name'));
        seen.add(name);
      });
    },
    examples: {
      bad: [{ ports: [{ containerPort: 80, name: 'web' }, { containerPort: 81, name: 'web' }] }],
      good: [{ ports: [{ containerPort: 80, name: 'web' }, { containerPort: 81, name: 'admin' }] }],
    },
  }],
};

/** Ports of the node, which containers share. */
const hostGroup: RuleGroup<Decoded<PodSpec>> = {
  at: 'spec.template.spec',
  source: 'pkg/apis/core/validation/validation.go checkHostPortConflicts, validatePodHostNetworkDeps (v1.37)',
  wrap: inPod,
  rules: [
    {
      id: 'host-ports-unique',
      field: 'containers[*].ports[*].hostPort',
      type: 'Duplicate',
      message: '',
      finds: ({ containers }, scope) => checkHostPorts(containers, scope),
      examples: {
        bad: [{ containers: [{ ...minimalContainer, ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 81, hostPort: 80 }] }] }],
        good: [{ containers: [{ ...minimalContainer, ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 80, hostPort: 80, protocol: 'UDP' }] }] }],
      },
    },
    {
      id: 'init-host-ports-unique',
      field: 'initContainers[*].ports[*].hostPort',
      type: 'Duplicate',
      message: '',
      when: 'initContainers',
      finds: ({ initContainers }, scope) => {
        // They run one after the other, so each is looked at alone; the API server forgets their index.
        for (const container of initContainers ?? []) checkInitHostPorts(container, scope);
      },
      examples: {
        bad: [{ initContainers: [{ name: 'prepare', image: 'busybox', ports: [{ containerPort: 1, hostPort: 9 }, { containerPort: 2, hostPort: 9 }] }] }],
        good: [{ initContainers: [{ name: 'prepare', image: 'busybox', ports: [{ containerPort: 1, hostPort: 9 }] }] }],
      },
    },
    {
      id: 'host-network-ports-match',
      field: 'containers[*].ports[*].hostPort',
      type: 'Invalid',
      message: 'must match `containerPort` when `hostNetwork` is true',
      when: 'hostNetwork',
      finds: ({ hostNetwork, containers }, scope) => {
        if (hostNetwork !== true) return;
        containers?.forEach(({ ports }, container) => ports?.forEach(({ hostPort = 0, containerPort = 0 }, position) => {
          if (hostPort !== 0 && hostPort !== containerPort) {
            scope.report(hostPort, scope.at.child('containers').index(container).child('ports').index(position).child('hostPort'));
          }
        }));
      },
      examples: {
        bad: [{ hostNetwork: true, containers: [{ ...minimalContainer, ports: [{ containerPort: 80, hostPort: 81 }] }] }],
        good: [{
          hostNetwork: true,
          containers: [{ ...minimalContainer, ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 81 }] }],
        }],
      },
    },
  ],
};

/** The groups about ports. */
export const portRules = { list: listGroup, port: portGroup, host: hostGroup };

function checkHostPorts(containers: readonly Decoded<Container>[] | undefined, scope: Scope): void {
  const seen = new Set<string>();
  containers?.forEach(({ ports }, container) => ports?.forEach(({ protocol = '', hostIP = '', hostPort = 0 }, position) => {
    if (hostPort === 0) return;
    const text = `${protocol}/${hostIP}/${hostPort}`;
    if (seen.has(text)) scope.report(text, scope.at.child('containers').index(container).child('ports').index(position).child('hostPort'));
    seen.add(text);
  }));
}

function checkInitHostPorts({ ports }: Decoded<Container>, scope: Scope): void {
  const seen = new Set<string>();
  ports?.forEach(({ protocol = '', hostIP = '', hostPort = 0 }, position) => {
    if (hostPort === 0) return;
    const text = `${protocol}/${hostIP}/${hostPort}`;
    if (seen.has(text)) scope.report(text, scope.at.child('initContainers').index(0).child('ports').index(position).child('hostPort'));
    seen.add(text);
  });
}
