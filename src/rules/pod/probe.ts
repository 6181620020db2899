import { type Decoded } from '../../api/decoded';
import { fieldsOfType } from '../../api/field-table';
import { type Lifecycle, type LifecycleHandler, type Probe } from '../../api/kubernetes';
import { checkHeaderName, checkPortName } from '../../api/names';
import { forbidden, inRange, notNegative, oneOf, required, supportedValues, wellNamed } from '../rule/makers/makers';
import { type Rule, type RuleGroup, type Scope } from '../rule/rule';
import { inContainer, inPod, minimalContainer } from '../rule/wrap';

/** What a probe or a hook does. */
type Handler = Pick<Decoded<Probe>, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'> & Pick<Decoded<LifecycleHandler>, 'sleep'>;

const handlerKinds = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;
const exec = { exec: { command: ['true'] } };
const portMessage = 'must be between 1 and 65535, inclusive';

/** The handler of a probe or of a lifecycle hook. */
const handlerGroup: RuleGroup<Handler> = {
  at: 'spec.template.spec.containers[*].livenessProbe',
  source: 'pkg/apis/core/validation/validation.go validateHandler (v1.37)',
  wrap: (livenessProbe) => inContainer({ livenessProbe }),
  rules: [
    {
      id: 'handler-given',
      field: '',
      type: 'Required',
      message: 'must specify a handler type',
      finds: (handler, scope) => { if (firstKind(handler) === undefined) scope.report(); },
      examples: { bad: [{}], good: [exec] },
    },
    {
      id: 'one-handler',
      field: '*',
      type: 'Forbidden',
      message: 'may not specify more than 1 handler type',
      finds: (handler, scope) => {
        const first = firstKind(handler);
        for (const kind of handlerKinds) if (handler[kind] !== undefined && kind !== first) scope.report(undefined, scope.at.child(kind));
      },
      examples: { bad: [{ ...exec, httpGet: { port: 80 } }], good: [{ httpGet: { port: 80 } }] },
    },
    required({
      id: 'handler-command-given',
      field: 'exec.command',
      examples: { bad: [{ exec: {} }], good: [exec] },
    }),
    portRule('http-port-well-formed', 'httpGet'),
    oneOf({
      id: 'http-scheme-known',
      field: 'httpGet.scheme',
      values: ['HTTP', 'HTTPS'],
      where: (handler) => firstKind(handler) === 'httpGet',
      examples: { bad: [{ httpGet: { port: 80, scheme: 'http' } }], good: [{ httpGet: { port: 80, scheme: 'HTTPS' } }] },
    }),
    wellNamed({
      id: 'http-header-name-well-formed',
      field: 'httpGet.httpHeaders',
      reads: 'httpGet.httpHeaders[*].name',
      message: 'a valid HTTP header must consist of alphanumeric characters or \'-\'',
      checks: 'all',
      as: { message: 'a valid HTTP header must consist of alphanumeric characters or \'-\'', check: checkHeaderName },
      where: (handler) => firstKind(handler) === 'httpGet',
      examples: { bad: [{ httpGet: { port: 80, httpHeaders: [{ name: 'X A', value: '' }] } }], good: [{ httpGet: { port: 80, httpHeaders: [{ name: 'X-A', value: '' }] } }] },
    }),
    portRule('tcp-port-well-formed', 'tcpSocket'),
    inRange({
      id: 'grpc-port-in-range',
      field: 'grpc.port',
      checks: 'all',
      min: 1,
      max: 65535,
      where: (handler) => firstKind(handler) === 'grpc',
      examples: { bad: [{ grpc: { port: 0 } }], good: [{ grpc: { port: 1 } }] },
    }),
    oneOf({
      id: 'grpc-mode-known',
      field: 'grpc.mode',
      gate: 'GRPCContainerProbeTLS',
      source: 'pkg/apis/core/validation/validation.go validateGRPCAction (v1.37)',
      values: ['Plaintext', 'TLS'],
      where: (handler) => firstKind(handler) === 'grpc',
      examples: { bad: [{ grpc: { port: 1, mode: 'tls' } }], good: [{ grpc: { port: 1, mode: 'TLS' } }] },
    }),
    oneOf({
      id: 'http-protocol-known',
      field: 'httpGet.protocol',
      gate: 'H2CContainerProbe',
      values: ['HTTP1', 'HTTP2'],
      where: (handler) => firstKind(handler) === 'httpGet',
      examples: { bad: [{ httpGet: { port: 80, protocol: 'HTTP3' } }], good: [{ httpGet: { port: 80, protocol: 'HTTP2' } }] },
    }),
    {
      id: 'http-2-without-tls-or-host',
      field: 'httpGet.{protocol,host}',
      type: 'Invalid',
      message: 'is only supported with HTTP (H2C)',
      gate: 'H2CContainerProbe',
      source: 'pkg/apis/core/validation/validation.go validateHTTPGetAction (v1.37)',
      when: 'httpGet',
      finds: (handler, scope) => {
        const { protocol, scheme = 'HTTP', host = '' } = handler.httpGet ?? {};
        if (protocol !== 'HTTP2' || firstKind(handler) !== 'httpGet') return;
        if (scheme !== 'HTTP') scope.report(protocol, scope.at.child('httpGet', 'protocol'));
        else if (host !== '') scope.report(host, scope.at.child('httpGet', 'host'), 'must be empty when `protocol` is "HTTP2"');
      },
      examples: {
        bad: [{ httpGet: { port: 80, protocol: 'HTTP2', scheme: 'HTTPS' } }, { httpGet: { port: 80, protocol: 'HTTP2', host: 'a' } }],
        good: [{ httpGet: { port: 80, protocol: 'HTTP1', scheme: 'HTTPS', host: 'a' } }],
      },
    },
  ],
};

/** The sleep of a lifecycle hook. */
const sleepGroup: RuleGroup<Handler> = {
  at: 'spec.template.spec.containers[*].lifecycle.preStop',
  source: 'pkg/apis/core/validation/validation.go validateSleepAction (v1.37)',
  wrap: (preStop) => inContainer({ lifecycle: { preStop } }),
  rules: [{
    id: 'sleep-within-grace-period',
    field: 'sleep',
    type: 'Invalid',
    message: 'must be non-negative and less than terminationGracePeriodSeconds',
    finds: (handler, scope) => {
      const seconds = handler.sleep?.seconds ?? 0;
      const grace = scope.pod.terminationGracePeriodSeconds ?? 30;
      const isTooShort = scope.has('PodLifecycleSleepActionAllowZero') ? seconds < 0 : seconds <= 0;
      if (handler.sleep !== undefined && firstKind(handler) === 'sleep' && (isTooShort || seconds > grace)) {
        scope.report(seconds, undefined, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`);
      }
    },
    examples: {
      bad: [{ sleep: { seconds: 31 } }, { sleep: { seconds: -1 } }],
      good: [{ sleep: { seconds: 30 } }, { sleep: { seconds: 0 } }],
    },
  }],
};

const signals = fieldsOfType('v1.Lifecycle').get('stopSignal')?.choices ?? [];
const signalsOfWindows = ['SIGKILL', 'SIGTERM'];

/** The signal that asks a container to end. */
const stopGroup: RuleGroup<Decoded<Lifecycle>> = {
  at: 'spec.template.spec.containers[*].lifecycle',
  source: 'pkg/apis/core/validation/validation.go validateStopSignal (v1.37)',
  wrap: ({ os = { name: 'linux' }, ...lifecycle }: { os?: object | null }) => inPod({ os, containers: [{ ...minimalContainer, lifecycle }] }),
  rules: [
    forbidden({
      id: 'stop-signal-needs-os',
      field: 'stopSignal',
      message: 'may not be set for containers with empty `spec.os.name`',
      gate: 'ContainerStopSignals',
      where: (_, { pod }) => pod.os === undefined,
      examples: { bad: [{ os: null, stopSignal: 'SIGTERM' }], good: [{ stopSignal: 'SIGTERM' }, { os: null }] },
    }),
    {
      id: 'stop-signal-known',
      field: 'stopSignal',
      type: 'NotSupported',
      message: supportedValues(signals),
      gate: 'ContainerStopSignals',
      when: 'stopSignal',
      finds: ({ stopSignal = '' }, scope) => {
        const known = scope.pod.os?.name === 'windows' ? signalsOfWindows : scope.pod.os?.name === 'linux' ? signals : [stopSignal];
        if (!known.includes(stopSignal)) scope.report(stopSignal, undefined, supportedValues(known));
      },
      examples: {
        bad: [{ stopSignal: 'TERM' }, { stopSignal: '' }, { os: { name: 'windows' }, stopSignal: 'SIGINT' }],
        good: [{ stopSignal: 'SIGINT' }, { os: { name: 'windows' }, stopSignal: 'SIGTERM' }],
      },
    },
  ],
};

/** Any probe. */
const probeGroup: RuleGroup<Decoded<Probe>> = {
  at: 'spec.template.spec.containers[*].livenessProbe',
  source: 'pkg/apis/core/validation/validation.go validateProbe (v1.37)',
  wrap: (livenessProbe) => inContainer({ livenessProbe: { ...exec, ...livenessProbe } }),
  rules: [
    notNegative({ id: 'probe-initial-delay-seconds-not-negative', field: 'initialDelaySeconds' }),
    notNegative({ id: 'probe-timeout-seconds-not-negative', field: 'timeoutSeconds' }),
    notNegative({ id: 'probe-period-seconds-not-negative', field: 'periodSeconds' }),
    notNegative({ id: 'probe-success-threshold-not-negative', field: 'successThreshold' }),
    notNegative({ id: 'probe-failure-threshold-not-negative', field: 'failureThreshold' }),
    inRange({
      id: 'probe-grace-period-positive',
      field: 'terminationGracePeriodSeconds',
      message: 'must be greater than 0',
      min: 1,
      examples: { bad: [{ terminationGracePeriodSeconds: 0 }], good: [{ terminationGracePeriodSeconds: 1 }] },
    }),
  ],
};

/** A liveness or startup probe. */
const strictGroup: RuleGroup<Decoded<Probe>> = {
  at: 'spec.template.spec.containers[*].{livenessProbe,startupProbe}',
  source: 'pkg/apis/core/validation/validation.go validateLivenessProbe, validateStartupProbe (v1.37)',
  wrap: (startupProbe) => inContainer({ startupProbe: { ...exec, ...startupProbe } }),
  rules: [inRange({
    id: 'one-success-is-enough',
    field: 'successThreshold',
    message: 'must be 1',
    min: 1,
    max: 1,
    examples: { bad: [{ successThreshold: 2 }], good: [{ successThreshold: 0 }] },
  })],
};

/** A readiness probe. */
const readinessGroup: RuleGroup<Decoded<Probe>> = {
  at: 'spec.template.spec.containers[*].readinessProbe',
  source: 'pkg/apis/core/validation/validation.go validateReadinessProbe (v1.37)',
  wrap: (readinessProbe) => inContainer({ readinessProbe: { ...exec, ...readinessProbe } }),
  rules: [forbidden({
    id: 'readiness-without-grace-period',
    field: 'terminationGracePeriodSeconds',
    type: 'Invalid',
    message: 'must not be set for readinessProbes',
    examples: { bad: [{ terminationGracePeriodSeconds: 1 }], good: [{ successThreshold: 2 }] },
  })],
};

/** The groups about probes and hooks. */
export const probeRules = {
  handler: handlerGroup, probe: probeGroup, strict: strictGroup, readiness: readinessGroup, sleep: sleepGroup, stop: stopGroup,
};

function portRule(id: string, kind: 'httpGet' | 'tcpSocket'): Rule<Handler> {
  return {
    id,
    field: `${kind}.port`,
    type: 'Invalid',
    message: 'must be a port number between 1 and 65535, inclusive, or the name of a port',
    source: 'pkg/apis/core/validation/validation.go ValidatePortNumOrName (v1.37)',
    when: kind,
    finds: (handler, scope) => {
      const action = handler[kind];
      if (action !== undefined && firstKind(handler) === kind) checkPort(action.port ?? 0, scope);
    },
    examples: { bad: [{ [kind]: { port: 0 } }, { [kind]: { port: 'web_1' } }, { [kind]: {} }], good: [{ [kind]: { port: 80 } }, { [kind]: { port: 'web' } }] },
  };
}

function checkPort(port: number | string, scope: Scope): void {
  if (typeof port === 'string') scope.reportAll(checkPortName(port), port);
  else if (port < 1 || port > 65_535) scope.report(port, undefined, portMessage);
}

/** The first kind of handler, the only one that is checked. */
function firstKind(handler: Handler): (typeof handlerKinds)[number] | undefined {
  return handlerKinds.find((kind) => handler[kind] !== undefined);
}
