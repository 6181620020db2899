/**
 * Wherever a literal is checked: a wrong one is refused by the compiler with its sentence, a computed value is taken there, and the wrong
 * value is refused at synth, of the same field. One table makes all three.
 */
import type { Chart } from 'cdk8s';
import { compile, diagnose } from './compile';
import * as jobs from '../../src/index';
import { newChart, refusal, synth, untyped } from '../constructs/helpers';

type Props = Readonly<Record<string, unknown>>;

/** One literal that is wrong. */
interface Case {
  readonly construct: 'IndexedJob' | 'NonParallelJob' | 'ScheduledJob';
  /** The field, as it is called at synth. */
  readonly field: string;
  readonly wrong: number | string;
  /** The props with a value in the field. */
  readonly props: (value: unknown) => Props;
}

const main = { name: 'main', image: 'busybox' };
const pod = { restartPolicy: 'Never', containers: [main] };
const spec = 'spec.template.spec';
const container = `${spec}.containers[0]`;

const inPod = (field: string, wrong: number | string, props: (value: unknown) => Props): Case =>
  ({ construct: 'NonParallelJob', field: `${spec}.${field}`, wrong, props: (value) => ({ ...pod, ...props(value) }) });
const inContainer = (field: string, wrong: number | string, props: (value: unknown) => Props): Case =>
  ({ construct: 'NonParallelJob', field: `${container}.${field}`, wrong, props: (value) => ({ ...pod, containers: [{ ...main, ...props(value) }] }) });
const inInit = (field: string, wrong: number | string, props: (value: unknown) => Props): Case =>
  inPod(`initContainers[0].${field}`, wrong, (value) => ({ initContainers: [{ name: 'init', image: 'busybox', ...props(value) }] }));
const inVolume = (field: string, wrong: string, source: (value: unknown) => Props): Case =>
  inPod(`volumes[0].${field}`, wrong, (value) => ({ volumes: [{ name: 'data', ...source(value) }] }));
const inRule = (field: string, wrong: string, rule: (value: unknown) => Props): Case => ({
  construct: 'NonParallelJob',
  field: `spec.podFailurePolicy.rules[0].${field}`,
  wrong,
  props: (value) => ({ ...pod, podFailurePolicy: { rules: [rule(value)] } }),
});

const probe = { tcpSocket: { port: 80 } };
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const terms = 'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator';
const spread = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };

const words: readonly Case[] = [
  inContainer('imagePullPolicy', 'always', (imagePullPolicy) => ({ imagePullPolicy })),
  inContainer('terminationMessagePolicy', 'Log', (terminationMessagePolicy) => ({ terminationMessagePolicy })),
  inContainer('ports[0].protocol', 'tcp', (protocol) => ({ ports: [{ containerPort: 80, protocol }] })),
  inContainer('livenessProbe.httpGet.scheme', 'https', (scheme) => ({ livenessProbe: { httpGet: { port: 80, scheme } } })),
  inContainer('lifecycle.preStop.httpGet.scheme', 'http', (scheme) => ({ lifecycle: { preStop: { httpGet: { port: 80, scheme } } } })),
  inContainer('securityContext.seccompProfile.type', 'default', (type) => ({ securityContext: { seccompProfile: { type } } })),
  inContainer('securityContext.appArmorProfile.type', 'default', (type) => ({ securityContext: { appArmorProfile: { type } } })),
  inContainer('securityContext.procMount', 'default', (procMount) => ({ securityContext: { procMount } })),
  inInit('imagePullPolicy', 'always', (imagePullPolicy) => ({ imagePullPolicy })),
  inInit('restartPolicy', 'always', (restartPolicy) => ({ restartPolicy })),
  inInit('readinessProbe.httpGet.scheme', 'https', (scheme) => ({ restartPolicy: 'Always', readinessProbe: { httpGet: { port: 80, scheme } } })),
  inPod('dnsPolicy', 'Cluster', (dnsPolicy) => ({ dnsPolicy })),
  inPod('preemptionPolicy', 'Always!', (preemptionPolicy) => ({ preemptionPolicy })),
  inPod('tolerations[0].effect', 'noExecute', (effect) => ({ tolerations: [{ operator: 'Exists', effect }] })),
  inPod('tolerations[0].operator', 'exists', (operator) => ({ tolerations: [{ key: 'gpu', operator }] })),
  inPod('securityContext.fsGroupChangePolicy', 'always', (fsGroupChangePolicy) => ({ securityContext: { fsGroupChangePolicy } })),
  inPod('securityContext.seccompProfile.type', 'default', (type) => ({ securityContext: { seccompProfile: { type } } })),
  inPod(terms, 'in', (operator) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator, values: ['ssd'] }] }] },
      },
    },
  })),
  inPod('topologySpreadConstraints[0].whenUnsatisfiable', 'Anyway', (whenUnsatisfiable) => ({
    topologySpreadConstraints: [{ ...spread, whenUnsatisfiable }],
  })),
  inPod('topologySpreadConstraints[0].nodeAffinityPolicy', 'honor', (nodeAffinityPolicy) => ({
    topologySpreadConstraints: [{ ...spread, nodeAffinityPolicy }],
  })),
  inVolume('hostPath.type', 'Dir', (type) => ({ hostPath: { path: '/data', type } })),
  inVolume('image.pullPolicy', 'always', (pullPolicy) => ({ image: { reference: 'busybox', pullPolicy } })),
  inVolume('azureDisk.cachingMode', 'Some', (cachingMode) => ({ azureDisk: { diskName: 'a', diskURI: 'https://a', cachingMode } })),
  inVolume('ephemeral.volumeClaimTemplate.spec.volumeMode', 'block', (volumeMode) => ({
    ephemeral: { volumeClaimTemplate: { spec: { ...claim, volumeMode } } },
  })),
  inPod('containers[0].volumeMounts.mountPropagation', 'Both', (mountPropagation) => ({
    containers: [{ ...main, volumeMounts: [{ name: 'data', mountPath: '/data', mountPropagation }] }], volumes: [{ name: 'data', emptyDir: {} }],
  })),
  inRule('action', 'Fail', (action) => ({ action, onExitCodes: { operator: 'In', values: [1] } })),
  inRule('action', 'Skip', (action) => ({ action, onPodConditions: [{ type: 'DisruptionTarget' }] })),
  inRule('onExitCodes.operator', 'in', (operator) => ({ action: 'FailJob', onExitCodes: { operator, values: [1] } })),
  {
    construct: 'ScheduledJob',
    field: 'spec.jobTemplate.spec.podFailurePolicy.rules[0].onExitCodes.operator',
    wrong: 'in',
    props: (operator) => ({ schedule: '@daily', job: { ...pod, podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator, values: [1] } }] } } }),
  },
];

const counts: readonly Case[] = [
  inContainer('ports[0].containerPort', -80, (containerPort) => ({ ports: [{ containerPort }] })),
  inContainer('ports[0].hostPort', -80, (hostPort) => ({ ports: [{ containerPort: 80, hostPort }] })),
  inContainer('livenessProbe.failureThreshold', -1, (failureThreshold) => ({ livenessProbe: { ...probe, failureThreshold } })),
  inContainer('readinessProbe.successThreshold', -1, (successThreshold) => ({ readinessProbe: { ...probe, successThreshold } })),
  inContainer('livenessProbe.periodSeconds', -5, (periodSeconds) => ({ livenessProbe: { ...probe, periodSeconds } })),
  inContainer('livenessProbe.timeoutSeconds', -5, (timeoutSeconds) => ({ livenessProbe: { ...probe, timeoutSeconds } })),
  inContainer('livenessProbe.initialDelaySeconds', -5, (initialDelaySeconds) => ({ livenessProbe: { ...probe, initialDelaySeconds } })),
  inContainer('securityContext.runAsUser', -1, (runAsUser) => ({ securityContext: { runAsUser } })),
  inContainer('securityContext.runAsGroup', -1, (runAsGroup) => ({ securityContext: { runAsGroup } })),
  inPod('securityContext.fsGroup', -1, (fsGroup) => ({ securityContext: { fsGroup } })),
  inPod('topologySpreadConstraints[0].maxSkew', -1, (maxSkew) => ({ topologySpreadConstraints: [{ ...spread, maxSkew }] })),
  inPod('topologySpreadConstraints[0].minDomains', -1, (minDomains) => ({ topologySpreadConstraints: [{ ...spread, minDomains }] })),
  {
    construct: 'IndexedJob',
    field: 'spec.successPolicy.rules[0].succeededCount',
    wrong: -2,
    props: (succeededCount) => ({ ...pod, completions: 3, successPolicy: { rules: [{ succeededCount }] } }),
  },
];

/** What may be negative, but not broken. The API server cannot even read it, and names no field. */
const integers: readonly Case[] = [
  inPod('terminationGracePeriodSeconds', 1.5, (terminationGracePeriodSeconds) => ({ terminationGracePeriodSeconds })),
  inPod('priority', 0.5, (priority) => ({ priority })),
  inPod('tolerations[0].tolerationSeconds', 2.5, (tolerationSeconds) => ({ tolerations: [{ operator: 'Exists', effect: 'NoExecute', tolerationSeconds }] })),
];

const cases = [
  ...words.map((entry) => ({ ...entry, sentence: `'${entry.wrong}' is none of the words that this field takes` })),
  ...counts.map((entry) => ({ ...entry, sentence: `${entry.wrong} is no count: write a whole number, 0 or more` })),
  ...integers.map((entry) => ({ ...entry, sentence: `${entry.wrong} is no whole number` })),
];

/** One line of program with a value, or an expression, in the field. */
function line({ construct, props }: Case, id: string, code: string): string {
  return `new jobs.${construct}(chart, '${id}', ${JSON.stringify(props('@here')).replace('"@here"', code)});`;
}

const head = [
  "import { Chart } from 'cdk8s';", "import * as jobs from 'cdk8s-jobs';",
  'declare const chart: Chart;', 'declare const text: string;', 'declare const count: number;',
];
const program = compile([], {
  'literal.ts': [...head, ...cases.map((entry, index) => line(entry, `c${index}`, JSON.stringify(entry.wrong)))].join('\n'),
  'computed.ts': [...head, ...cases.map((entry, index) => line(entry, `c${index}`, typeof entry.wrong === 'string' ? 'text' : 'count'))].join('\n'),
});
const [refused, taken] = [diagnose(program, 'literal.ts'), diagnose(program, 'computed.ts')];

test.each(cases.map((entry, index) => ({ ...entry, line: head.length + index + 1 })))(
  '$construct, $field: $wrong is refused as a literal, a computed value is taken, and synth refuses the wrong one',
  ({ construct, props, field, wrong, sentence, line: number }) => {
    expect(refused.filter((entry) => entry.line === number).map(({ message }) => message).join('\n')).toContain(sentence);
    expect(taken.filter((entry) => entry.line === number)).toEqual([]);
    const chart = newChart();
    const Construct = jobs[construct] as new (scope: Chart, id: string, given: never) => unknown;
    new Construct(chart, 'x', untyped(props(wrong)));
    expect(refusal(() => synth(chart)).join('\n')).toContain(`${field}: `);
  },
);
