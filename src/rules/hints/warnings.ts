// Long because it is a table of rules.
import { findOverlaps } from './volume-overlaps';
import { type Decoded } from '../../api/decoded';
import { type CronJob, type Job, type ObjectMeta, type PodSpec, type PodTemplateSpec, type Volume } from '../../api/kubernetes';
import { canonicalIpv6, checkDnsLabel, checkDnsSubdomain, checkLabelValue, isIpAddress } from '../../api/names';
import { tryParseQuantity } from '../../api/quantity';
import { type FieldPath } from '../../core/field-path';
import { eachContainer } from '../pod/containers';
import { type Rule, type RuleGroup, type Scope } from '../rule/rule';
import { inCronJob, inJob, inMetadata, inPod, inVolume, minimalContainer, minimalPod } from '../rule/wrap';

type Pod = Decoded<PodSpec>;

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

/** Labels of nodes that have a newer name, or none. */
const oldNodeLabels: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
};

/** Kinds of volumes that are gone, or going. */
const oldVolumes: Readonly<Record<string, readonly [field: string, text: string]>> = {
  photonPersistentDisk: ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  gitRepo: ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  scaleIO: ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  flocker: ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  storageos: ['storageOS', 'deprecated in v1.22, non-functional in v1.25+'],
  quobyte: ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  glusterfs: ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  cephfs: ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  rbd: ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
};

const oldAnnotations: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
};
const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompPrefix = 'container.seccomp.security.alpha.kubernetes.io/';
const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';

/** What the API server warns of in names, on create only. */
const nameGroup: RuleGroup<Decoded<ObjectMeta>> = {
  at: 'metadata',
  source: 'pkg/registry/batch/job/strategy.go WarningsOnCreate (v1.37)',
  wrap: inMetadata,
  rules: [warning({
    id: 'name-is-a-label',
    field: 'name',
    message: 'this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended',
    finds: ({ name = '' }, scope) => {
      const problems = name === '' ? [] : checkDnsLabel(name);
      if (problems.length === 0 || checkDnsSubdomain(name).length > 0) return;
      scope.report(undefined, undefined,
        `this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${problems.join(', ')}]`);
    },
    examples: { bad: [{ name: 'a.b' }], good: [{ name: 'a-b' }] },
  })],
};

/** What the API server warns of in the spec of a Job. */
const jobGroup: RuleGroup<Decoded<Job>> = {
  at: '',
  source: 'pkg/api/job/warnings.go WarningsForJobSpec (v1.37)',
  wrap: inJob,
  rules: [warning({
    id: 'completed-indexes-trackable',
    field: 'spec',
    message: 'In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes '
      + 'when a big number of indexes fail',
    finds: ({ spec = {} }, scope) => {
      if (spec.completionMode === 'Indexed' && (spec.completions ?? 0) > 100_000 && (spec.parallelism ?? 0) > 10_000) scope.report();
    },
    examples: { bad: [{ completionMode: 'Indexed', completions: 100_001, parallelism: 10_001 }], good: [{ completionMode: 'Indexed', completions: 100_001 }] },
  })],
};

/** What the API server warns of in the update of a CronJob. */
const cronJobGroup: RuleGroup<Decoded<CronJob>> = {
  at: '',
  source: 'pkg/registry/batch/cronjob/strategy.go WarningsOnUpdate (v1.37)',
  wrap: inCronJob,
  rules: [warning({
    id: 'schedule-zone-belongs-into-time-zone',
    field: 'spec.spec.schedule',
    message: 'CRON_TZ or TZ used in spec.schedule is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details',
    finds: ({ spec }, scope) => { if (scope.old !== undefined && spec?.schedule?.includes('TZ') === true) scope.report(); },
    // Only an update can get there: on create it is an error.
    examples: { bad: [], good: [{}] },
  })],
};

/** What the API server warns of in the annotations of a pod template. */
const templateGroup: RuleGroup<Decoded<PodTemplateSpec>> = {
  at: 'spec.template',
  source: 'pkg/api/pod/warnings.go warningsForPodSpecAndMeta (v1.37)',
  wrap: (metadata) => inJob({ template: { metadata, spec: minimalPod } }),
  rules: [
    warning({
      id: 'annotation-functional',
      field: 'metadata.annotations[*]',
      message: 'non-functional; use the field instead',
      finds: ({ metadata }, scope) => {
        for (const [key, text] of Object.entries(oldAnnotations)) {
          if (metadata?.annotations?.[key] !== undefined) scope.report(undefined, scope.at.child('metadata', 'annotations').key(key), text);
        }
      },
      examples: { bad: [{ annotations: { 'scheduler.alpha.kubernetes.io/critical-pod': '' } }], good: [{ annotations: { a: 'b' } }] },
    }),
    warning({
      id: 'profile-in-field',
      field: 'metadata.annotations[*]',
      message: 'deprecated annotation; use the field of the security context instead',
      finds: ({ metadata, spec }, scope) => {
        const annotations = metadata?.annotations;
        if (annotations === undefined) return;
        const at = scope.at.child('metadata', 'annotations');
        if (annotations[seccompPod] !== undefined && spec?.securityContext?.seccompProfile === undefined) {
          scope.report(undefined, at.key(seccompPod), 'non-functional in v1.27+; use the "seccompProfile" field instead');
        }
        eachContainer(spec ?? {}, scope.at, ({ name = '', securityContext }) => {
          if (annotations[`${seccompPrefix}${name}`] !== undefined && securityContext?.seccompProfile === undefined) {
            scope.report(undefined, at.key(`${seccompPrefix}${name}`), 'non-functional in v1.27+; use the "seccompProfile" field instead');
          }
          const appArmor = securityContext?.appArmorProfile ?? spec?.securityContext?.appArmorProfile;
          if (annotations[`${appArmorPrefix}${name}`] !== undefined && appArmor === undefined) {
            scope.report(undefined, at.key(`${appArmorPrefix}${name}`), 'deprecated since v1.30; use the "appArmorProfile" field instead');
          }
        });
      },
      examples: { bad: [{ annotations: { [seccompPod]: 'runtime/default' } }], good: [{ annotations: {} }] },
    }),
  ],
};

/** What the API server warns of in the spec of a pod. */
const podGroup: RuleGroup<Pod> = {
  at: 'spec.template.spec',
  source: 'pkg/api/pod/warnings.go warningsForPodSpecAndMeta (v1.37)',
  wrap: inPod,
  rules: [
    warning({
      id: 'node-label-current',
      field: '**',
      message: 'deprecated label of nodes; use its replacement',
      source: 'pkg/api/node/util.go GetWarningsForNodeSelector, GetWarningsForNodeSelectorTerm (v1.37)',
      finds: warnOfNodeLabels,
      examples: { bad: [{ nodeSelector: { 'beta.kubernetes.io/os': 'linux' } }], good: [{ nodeSelector: { 'kubernetes.io/os': 'linux' } }] },
    }),
    warning({
      id: 'preferred-node-values-are-label-values',
      field: `affinity.nodeAffinity.${preferred}[*].preference.matchExpressions[*].values[*]`,
      message: 'is invalid: must be a label value',
      finds: ({ affinity }, scope) => affinity?.nodeAffinity?.[preferred]?.forEach(({ preference }, term) => {
        preference?.matchExpressions?.forEach(({ values }, expression) => values?.forEach((value, position) => {
          const problems = checkLabelValue(value);
          if (problems.length === 0) return;
          const at = scope.at.child('affinity', 'nodeAffinity', preferred).index(term).child('preference', 'matchExpressions').index(expression);
          scope.report(value, at.child('values').index(position), `-- invalid label value: ${problems.join(', ')}`);
        }));
      }),
      examples: {
        bad: [{ affinity: { nodeAffinity: { [preferred]: [{ weight: 1, preference: { matchExpressions: [{ key: 'a', operator: 'In', values: ['b c'] }] } }] } } }],
        good: [{ affinity: {} }],
      },
    }),
    warning({
      id: 'affinity-selects-pods',
      field: '**.labelSelector',
      message: 'a null labelSelector results in matching no pod',
      source: 'pkg/api/pod/warnings.go warningsForPodAffinityTerms (v1.37)',
      finds: warnOfMissingSelectors,
      examples: {
        bad: [{ affinity: { podAffinity: { [required]: [{ topologyKey: 'zone' }] } } }],
        good: [{ affinity: { podAffinity: { [required]: [{ topologyKey: 'zone', labelSelector: {} }] } } }],
      },
    }),
    warning({
      id: 'host-alias-ips-unique',
      field: 'hostAliases[*].ip',
      message: 'duplicate ip',
      finds: ({ hostAliases }, scope) => {
        const seen = new Map<string, number>();
        hostAliases?.forEach(({ ip = '' }, position) => {
          if (seen.has(ip)) scope.report(ip, scope.at.child('hostAliases').index(position).child('ip'), `duplicate ip "${ip}"`);
          seen.set(ip, position);
        });
      },
      examples: { bad: [{ hostAliases: [{ ip: '10.0.0.1' }, { ip: '10.0.0.1' }] }], good: [{ hostAliases: [{ ip: '10.0.0.1' }] }] },
    }),
    warning({
      id: 'pull-secret-named',
      field: 'imagePullSecrets[*].name',
      message: 'invalid empty or duplicate name',
      finds: ({ imagePullSecrets }, scope) => {
        const seen = new Set<string>();
        imagePullSecrets?.forEach(({ name = '' }, position) => {
          const at = scope.at.child('imagePullSecrets').index(position).child('name');
          if (name === '') scope.report(undefined, at, 'invalid empty name ""');
          else if (seen.has(name)) scope.report(undefined, at, `duplicate name "${name}"`);
          seen.add(name);
        });
      },
      examples: { bad: [{ imagePullSecrets: [{}] }, { imagePullSecrets: [{ name: 'a' }, { name: 'a' }] }], good: [{ imagePullSecrets: [{ name: 'a' }] }] },
    }),
    warning({
      id: 'grace-period-not-negative',
      field: 'terminationGracePeriodSeconds',
      message: 'must be >= 0; negative values are invalid and will be treated as 1',
      finds: ({ terminationGracePeriodSeconds: seconds }, scope) => { if (seconds !== undefined && seconds < 0) scope.report(); },
      examples: { bad: [{ terminationGracePeriodSeconds: -1 }], good: [{ terminationGracePeriodSeconds: 0 }] },
    }),
    warning({
      id: 'ip-address-canonical',
      field: '**',
      message: 'non-standard IP address; use its canonical form',
      source: 'staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go GetWarningsForIP (v1.37)',
      finds: (pod, scope) => {
        pod.dnsConfig?.nameservers?.forEach((text, position) => warnOfAddress(text, scope, scope.at.child('dnsConfig', 'nameservers').index(position)));
        pod.hostAliases?.forEach(({ ip = '' }, position) => warnOfAddress(ip, scope, scope.at.child('hostAliases').index(position).child('ip')));
      },
      examples: { bad: [{ hostAliases: [{ ip: '2001:DB8::1' }] }], good: [{ hostAliases: [{ ip: '2001:db8::1' }] }] },
    }),
    warning({
      id: 'bytes-whole',
      field: '**',
      message: 'fractional byte value is invalid, must be an integer',
      finds: warnOfFractions,
      // Thousandths of a byte.
      examples: { bad: [{ overhead: { memory: '100m' } }], good: [{ overhead: { memory: '100M' } }] },
    }),
  ],
};

/** What the API server warns of in volumes. */
const volumeGroup: RuleGroup<Decoded<Volume>> = {
  at: 'spec.template.spec.volumes[*]',
  source: 'pkg/api/pod/warnings.go warningsForPodSpecAndMeta (v1.37)',
  wrap: inVolume,
  rules: [
    warning({
      id: 'volume-kind-served',
      field: '*',
      message: 'deprecated, non-functional in this version',
      finds: (volume, scope) => {
        for (const kind in volume) {
          const old = oldVolumes[kind];
          if (old !== undefined) scope.report(undefined, scope.at.child(old[0]), old[1]);
        }
      },
      examples: { bad: [{ glusterfs: { endpoints: 'e', path: 'p' } }], good: [{ emptyDir: {} }] },
    }),
    warning({
      id: 'volume-paths-apart',
      field: '',
      message: 'overlapping paths',
      source: 'pkg/api/pod/warnings.go warningsForOverlappingVirtualPaths (v1.37)',
      finds: (volume, scope) => { for (const text of findOverlaps(volume)) scope.report(undefined, undefined, text); },
      examples: {
        bad: [{ configMap: { name: 'c', items: [{ key: 'a', path: 'p' }, { key: 'b', path: 'p' }] } }],
        good: [{ configMap: { name: 'c', items: [{ key: 'a', path: 'p' }, { key: 'b', path: 'q' }] } }],
      },
    }),
    warning({
      id: 'projection-has-a-source',
      field: '',
      message: 'has no sources provided',
      finds: ({ name = '', projected }, scope) => {
        for (const source of projected?.sources ?? []) {
          if (Object.keys(source).length === 0) scope.report(undefined, undefined, `volume "${name}" (Projected) has no sources provided`);
        }
      },
      examples: { bad: [{ projected: { sources: [{}] } }], good: [{ projected: { sources: [] } }] },
    }),
  ],
};

/** What the API server warns of in containers. */
const containerGroup: RuleGroup<Pod> = {
  at: 'spec.template.spec',
  source: 'pkg/api/pod/warnings.go warningsForPodSpecAndMeta (v1.37)',
  wrap: inPod,
  rules: [
    warning({
      id: 'env-defined-once',
      field: '{initContainers,containers}[*].env[*]',
      message: 'hides previous definition, which may be dropped when using apply',
      finds: (pod, scope) => eachContainer(pod, scope.at, ({ env }, at) => {
        const seen = new Set<string>();
        env?.forEach(({ name = '', value = '' }, position) => {
          if (seen.has(name) && !value.includes(`$(${name})`)) {
            scope.report(undefined, at.child('env').index(position), `hides previous definition of "${name}", which may be dropped when using apply`);
          }
          seen.add(name);
        });
      }),
      examples: {
        bad: [{ containers: [{ ...minimalContainer, env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] }] }],
        good: [{ containers: [{ ...minimalContainer, env: [{ name: 'A', value: '1' }, { name: 'A', value: '$(A)2' }] }] }],
      },
    }),
    warning({
      id: 'host-ip-with-host-port',
      field: 'containers[*].ports[*]',
      message: 'hostIP set without hostPort',
      finds: (pod, scope) => eachContainer(pod, scope.at, ({ ports }, at) => ports?.forEach(({ hostIP = '', hostPort = 0 }, position) => {
        if (hostIP !== '' && hostPort === 0) scope.report(undefined, at.child('ports').index(position), 'hostIP set without hostPort: {TCP}');
      })),
      examples: { bad: [{ containers: [{ ...minimalContainer, ports: [{ containerPort: 80, hostIP: '10.0.0.1' }] }] }], good: [{}] },
    }),
    warning({
      id: 'port-opened-once',
      field: 'containers[*].ports[*]',
      message: 'duplicate port definition',
      finds: (pod, scope) => eachContainer(pod, scope.at, ({ ports }, at) => {
        const seen = new Map<string, number>();
        ports?.forEach(({ containerPort = 0, protocol = 'TCP', hostPort = 0 }, position) => {
          const key = `${containerPort}/${protocol}`;
          const first = seen.get(key);
          if (first !== undefined && hostPort === 0) {
            scope.report(undefined, at.child('ports').index(position), `duplicate port definition with ${at.child('ports').index(first).toString()}`);
          }
          seen.set(key, first ?? position);
        });
      }),
      examples: { bad: [{ containers: [{ ...minimalContainer, ports: [{ containerPort: 80 }, { containerPort: 80 }] }] }], good: [{}] },
    }),
    warning({
      id: 'port-name-means-one-port',
      field: 'containers[*].ports[*]',
      message: 'duplicate port name, services and probes that select ports by name will use the first',
      finds: (pod, scope) => {
        const seen = new Map<string, { readonly container: number; readonly text: string }>();
        pod.containers?.forEach(({ ports }, container) => ports?.forEach(({ name = '' }, position) => {
          if (name === '') return;
          const at = scope.at.child('containers').index(container).child('ports').index(position);
          const first = seen.get(name);
          if (first === undefined) {seen.set(name, { container, text: at.toString() });} else if (first.container !== container) {
            scope.report(undefined, at, `duplicate port name "${name}" with ${first.text}, services and probes that select ports by name will use ${first.text}`);
          }
        }));
      },
      examples: {
        bad: [{
          containers: [
            { ...minimalContainer, ports: [{ containerPort: 80, name: 'web' }] },
            { name: 'other', image: 'busybox', ports: [{ containerPort: 81, name: 'web' }] },
          ],
        }],
        good: [{ containers: [{ ...minimalContainer, ports: [{ containerPort: 80, name: 'web' }] }] }],
      },
    }),
  ],
};

/** The groups of warnings. */
export const warningRules = {
  name: nameGroup,
  job: jobGroup,
  cronJob: cronJobGroup,
  template: templateGroup,
  pod: podGroup,
  volume: volumeGroup,
  container: containerGroup,
};

function warning<Target>(rule: Omit<Rule<Target>, 'type' | 'severity'>): Rule<Target> {
  return { ...rule, type: 'Invalid', severity: 'warning' };
}

function warnOfNodeLabels({ nodeSelector, affinity, topologySpreadConstraints }: Pod, scope: Scope): void {
  for (const key in nodeSelector) {
    if (oldNodeLabels[key] !== undefined) scope.report(undefined, scope.at.child('nodeSelector').key(key), oldNodeLabels[key]);
  }
  const node = affinity?.nodeAffinity;
  const at = scope.at.child('affinity', 'nodeAffinity');
  node?.[required]?.nodeSelectorTerms?.forEach(({ matchExpressions }, term) => matchExpressions?.forEach(({ key = '' }, position) => {
    const place = at.child(required, 'nodeSelectorTerms').index(term).child('matchExpressions').index(position).child('key');
    if (oldNodeLabels[key] !== undefined) scope.report(undefined, place, `${key} is ${oldNodeLabels[key]}`);
  }));
  node?.[preferred]?.forEach(({ preference }, term) => preference?.matchExpressions?.forEach(({ key = '' }, position) => {
    const place = at.child(preferred).index(term).child('preference', 'matchExpressions').index(position).child('key');
    if (oldNodeLabels[key] !== undefined) scope.report(undefined, place, `${key} is ${oldNodeLabels[key]}`);
  }));
  topologySpreadConstraints?.forEach(({ topologyKey = '' }, position) => {
    const place = scope.at.child('topologySpreadConstraints').index(position).child('topologyKey');
    if (oldNodeLabels[topologyKey] !== undefined) scope.report(undefined, place, `${topologyKey} is ${oldNodeLabels[topologyKey]}`);
  });
}

function warnOfMissingSelectors({ affinity, topologySpreadConstraints }: Pod, scope: Scope): void {
  topologySpreadConstraints?.forEach(({ labelSelector }, position) => {
    if (labelSelector !== undefined) return;
    scope.report(undefined, scope.at.child('topologySpreadConstraints').index(position).child('labelSelector'));
  });
  for (const kind of ['podAffinity', 'podAntiAffinity'] as const) {
    const at = scope.at.child('affinity', kind);
    affinity?.[kind]?.[required]?.forEach(({ labelSelector }, position) => {
      if (labelSelector === undefined) scope.report(undefined, at.child(required).index(position).child('labelSelector'));
    });
    affinity?.[kind]?.[preferred]?.forEach(({ podAffinityTerm }, position) => {
      const place = at.child(preferred).index(position).child('podAffinityTerm', 'labelSelector');
      if (podAffinityTerm?.labelSelector === undefined) scope.report(undefined, place);
    });
  }
}

function warnOfAddress(text: string, scope: Scope, at: FieldPath): void {
  const canonical = canonicalIpv6(text);
  if (canonical !== undefined && canonical !== text) {
    scope.report(text, at, `IPv6 address "${text}" should be in RFC 5952 canonical format ("${canonical}")`);
  } else if (!scope.has('StrictIPCIDRValidation') && isIpAddress(text, false) && !isIpAddress(text, true)) {
    scope.report(text, at, `non-standard IP address "${text}" will be considered invalid in a future Kubernetes release`);
  }
}

function warnOfFractions(pod: Pod, scope: Scope): void {
  const warn = (amounts: Readonly<Record<string, string | number>> | undefined, names: readonly string[], at: FieldPath): void => {
    for (const name of names) {
      const text = amounts?.[name];
      // Only texts with these letters can be finer than one.
      if (text === undefined || !/[numeE.]/.test(String(text))) continue;
      const quantity = tryParseQuantity(text);
      if (quantity !== undefined && quantity.nano % 1_000_000_000n !== 0n) {
        scope.report(undefined, at.key(name), `fractional byte value "${text}" is invalid, must be an integer`);
      }
    }
  };
  warn(pod.overhead, ['memory', 'ephemeral-storage'], scope.at.child('overhead'));
  eachContainer(pod, scope.at, ({ resources }, at) => {
    if (resources === undefined) return;
    warn(resources.limits, ['memory', 'ephemeral-storage'], at.child('resources', 'limits'));
    warn(resources.requests, ['memory', 'ephemeral-storage'], at.child('resources', 'requests'));
  });
  pod.volumes?.forEach(({ ephemeral }, position) => {
    const resources = ephemeral?.volumeClaimTemplate?.spec?.resources;
    if (resources === undefined) return;
    const at = scope.at.child('volumes').index(position).child('ephemeral', 'volumeClaimTemplate', 'spec', 'resources');
    warn(resources.requests, ['storage'], at.child('requests'));
    warn(resources.limits, ['storage'], at.child('limits'));
  });
}
