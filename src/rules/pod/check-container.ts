import { containerRules } from './container';
import { someContainer } from './containers';
import { envSourceRules, envRules } from './env';
import { ephemeralRules } from './ephemeral';
import { portRules } from './port';
import { probeRules } from './probe';
import { holdsOthers, resourceRules, usualAmounts } from './resources';
import { seccompRules } from './seccomp';
import { securityRules } from './security';
import { type Decoded } from '../../api/decoded';
import { type Container, type EnvVar, type PodSpec, type Probe, type SeccompProfile } from '../../api/kubernetes';
import { type FieldPath } from '../../core/field-path';
import { type Scope } from '../rule/rule';
import { envReferenceRules } from '../volume/field-reference';
import { mountRules } from '../volume/mount';

type Target = Decoded<Container>;

/** Checks all containers of a pod, each alone and against each other. */
export function checkContainers(pod: Decoded<PodSpec>, scope: Scope, at: FieldPath): void {
  pod.containers?.forEach((container, position) => {
    const place = at.child('containers').index(position);
    checkContainer(container, scope, place);
    scope.check(containerRules.restartNeed, container, place);
    checkRestart(container, scope, place);
    scope.check(containerRules.main, container, place);
    checkProbes(container, scope, place);
  });
  pod.initContainers?.forEach((container, position) => {
    const place = at.child('initContainers').index(position);
    checkContainer(container, scope, place);
    scope.check(containerRules.restartNeed, container, place);
    if (hasRestartRules(container, scope)) checkRestart(container, scope, place);
    scope.check(containerRules.init, container, place);
    if (container.restartPolicy === 'Always') checkProbes(container, scope, place);
  });
  // They are refused as a whole, but checked all the same.
  pod.ephemeralContainers?.forEach((container, position) => {
    const place = at.child('ephemeralContainers').index(position);
    checkContainer(container as Target, scope, place);
    scope.check(ephemeralRules.container, container, place);
  });
  scope.check(containerRules.names, pod, at);
  if (pod.ephemeralContainers !== undefined) scope.check(ephemeralRules.list, pod, at);
  if (someContainer(pod, hasPorts)) scope.check(portRules.host, pod, at);
}

function hasPorts({ ports }: Target): boolean {
  return ports !== undefined;
}

/**
 * Checks what all kinds of containers have in common.
 *
 * @source pkg/apis/core/validation/validation.go validateContainerCommon (v1.37)
 */
function checkContainer(container: Target, scope: Scope, at: FieldPath): void {
  scope.check(containerRules.any, container, at);
  if (container.ports !== undefined) checkPorts(container, scope, at);
  checkEnvironment(container, scope, at);
  if (container.volumeMounts !== undefined) scope.check(mountRules.mount, container, at);
  if (container.volumeDevices !== undefined) scope.check(mountRules.device, container, at);
  checkResources(container, scope, at);
  if (container.securityContext !== undefined) checkSecurity(container.securityContext, scope, at.child('securityContext'));
}

/** Whether a container's restart rules are checked: those of an init container only with a policy that may have some. */
function hasRestartRules({ restartPolicy, restartPolicyRules = [] }: Target, { minor }: Scope): boolean {
  if (restartPolicyRules.length === 0) return false;
  return restartPolicy !== undefined && (minor >= 36 || restartPolicy !== 'Always');
}

function checkRestart(container: Target, scope: Scope, at: FieldPath): void {
  if (container.restartPolicyRules === undefined) return;
  scope.check(containerRules.restartList, container, at);
  container.restartPolicyRules.forEach((rule, position) => scope.check(containerRules.restartRule, rule, at.child('restartPolicyRules').index(position)));
}

function checkPorts(container: Target, scope: Scope, at: FieldPath): void {
  scope.check(portRules.list, container, at);
  container.ports?.forEach((port, position) => scope.check(portRules.port, port, at.child('ports').index(position)));
}

function checkEnvironment(container: Target, scope: Scope, at: FieldPath): void {
  container.env?.forEach((variable, position) => {
    const place = at.child('env').index(position);
    scope.check(envRules.variable, variable, place);
    if (variable.valueFrom !== undefined) checkValueSource(variable.valueFrom, scope, place.child('valueFrom'));
  });
  if (container.envFrom === undefined) return;
  scope.check(envSourceRules.fromList, container, at);
  container.envFrom.forEach((source, position) => scope.check(envSourceRules.from, source, at.child('envFrom').index(position)));
}

function checkValueSource(source: NonNullable<Decoded<EnvVar>['valueFrom']>, scope: Scope, at: FieldPath): void {
  if (source.fieldRef !== undefined) {
    scope.check(envReferenceRules.field, source.fieldRef, at.child('fieldRef'));
    scope.check(envReferenceRules.envField, source.fieldRef, at.child('fieldRef'));
  }
  if (source.resourceFieldRef !== undefined) scope.check(envReferenceRules.resource, source.resourceFieldRef, at.child('resourceFieldRef'));
  if (source.configMapKeyRef !== undefined) scope.check(envSourceRules.key, source.configMapKeyRef, at.child('configMapKeyRef'));
  if (source.secretKeyRef !== undefined) scope.check(envSourceRules.key, source.secretKeyRef, at.child('secretKeyRef'));
  if (source.fileKeyRef !== undefined) scope.check(envSourceRules.fileKey, source.fileKeyRef, at.child('fileKeyRef'));
}

function checkResources(container: Target, scope: Scope, at: FieldPath): void {
  if (container.resources !== undefined) {
    const place = at.child('resources');
    const hasOthers = holdsOthers(container.resources);
    scope.check(hasOthers ? resourceRules.amount : usualAmounts, container.resources, place);
    if (hasOthers) scope.check(resourceRules.container, container.resources, place);
    if (container.resources.claims !== undefined) scope.check(resourceRules.claim, container.resources, place);
  }
  if (container.resizePolicy !== undefined) scope.check(resourceRules.resizePolicy, container, at);
}

/** Checks a seccomp profile, of the pod or a container. */
export function checkSeccomp(profile: Decoded<SeccompProfile>, scope: Scope, at: FieldPath): void {
  scope.check(seccompRules.profile, profile, at);
  const { oci } = profile;
  if (oci === undefined) return;
  scope.check(seccompRules.oci, oci, at.child('oci'));
  if (oci.baseProfile !== undefined) scope.check(seccompRules.ociBase, oci.baseProfile, at.child('oci', 'baseProfile'));
}

function checkSecurity(context: NonNullable<Target['securityContext']>, scope: Scope, at: FieldPath): void {
  scope.check(securityRules.container, context, at);
  if (context.seccompProfile !== undefined) checkSeccomp(context.seccompProfile, scope, at.child('seccompProfile'));
  if (context.windowsOptions !== undefined) scope.check(securityRules.windows, context.windowsOptions, at.child('windowsOptions'));
  if (context.appArmorProfile !== undefined) scope.check(securityRules.appArmor, context.appArmorProfile, at.child('appArmorProfile'));
}

function checkProbes({ lifecycle, livenessProbe, readinessProbe, startupProbe }: Target, scope: Scope, at: FieldPath): void {
  if (lifecycle !== undefined) checkHooks(lifecycle, scope, at.child('lifecycle'));
  if (livenessProbe !== undefined) checkProbe(livenessProbe, probeRules.strict, scope, at.child('livenessProbe'));
  if (readinessProbe !== undefined) checkProbe(readinessProbe, probeRules.readiness, scope, at.child('readinessProbe'));
  if (startupProbe !== undefined) checkProbe(startupProbe, probeRules.strict, scope, at.child('startupProbe'));
}

function checkHooks(lifecycle: NonNullable<Target['lifecycle']>, scope: Scope, at: FieldPath): void {
  for (const hook of ['postStart', 'preStop'] as const) {
    const handler = lifecycle[hook];
    if (handler === undefined) continue;
    scope.check(probeRules.handler, handler, at.child(hook));
    scope.check(probeRules.sleep, handler, at.child(hook));
  }
  if (lifecycle.stopSignal !== undefined) scope.check(probeRules.stop, lifecycle, at);
}

function checkProbe(probe: Decoded<Probe>, ofKind: typeof probeRules.strict, scope: Scope, at: FieldPath): void {
  scope.check(probeRules.handler, probe, at);
  scope.check(probeRules.probe, probe, at);
  scope.check(ofKind, probe, at);
}
