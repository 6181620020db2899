import {
  containerNamesRules, containerRules, initContainerRules, mainContainerRules, restartListRules, restartNeedRules, restartRuleRules,
} from './container';
import { envFromListRules, envFromRules, envRules, fileKeyRules, keyRefRules } from './env';
import { ephemeralContainerRules, ephemeralListRules } from './ephemeral';
import { hostPortRules, portListRules, portRules } from './port';
import { handlerRules, probeRules, readinessProbeRules, sleepRules, strictProbeRules } from './probe';
import { containerResourceRules, resizePolicyRules, resourceAmountRules, resourceClaimRules } from './resources';
import { appArmorRules, containerSecurityRules, seccompRules, windowsRules } from './security';
import { type Decoded } from '../../api/decoded';
import { type Container, type EnvVar, type PodSpec } from '../../api/kubernetes';
import { type FieldPath } from '../../core/field-path';
import { type Scope } from '../rule/rule';
import { envFieldRules, fieldRefRules, resourceRefRules } from '../volume/field-reference';
import { deviceRules, mountRules } from '../volume/mount';

type Target = Decoded<Container>;

/** Checks all containers of a pod, each alone and against each other. */
export function checkContainers(pod: Decoded<PodSpec>, scope: Scope, at: FieldPath): void {
  pod.containers?.forEach((container, position) => {
    const place = at.child('containers').index(position);
    checkContainer(container, scope, place);
    scope.check(restartNeedRules, container, place);
    checkRestart(container, scope, place);
    scope.check(mainContainerRules, container, place);
    checkProbes(container, scope, place);
  });
  pod.initContainers?.forEach((container, position) => {
    const place = at.child('initContainers').index(position);
    checkContainer(container, scope, place);
    scope.check(restartNeedRules, container, place);
    if (hasRestartRules(container, scope)) checkRestart(container, scope, place);
    scope.check(initContainerRules, container, place);
    if (container.restartPolicy === 'Always') checkProbes(container, scope, place);
  });
  // They are refused as a whole, and yet looked at.
  pod.ephemeralContainers?.forEach((container, position) => {
    const place = at.child('ephemeralContainers').index(position);
    checkContainer(container as Target, scope, place);
    scope.check(ephemeralContainerRules, container, place);
  });
  scope.check(containerNamesRules, pod, at);
  if (pod.ephemeralContainers !== undefined) scope.check(ephemeralListRules, pod, at);
  scope.check(hostPortRules, pod, at);
}

/**
 * Checks what all kinds of containers have in common.
 *
 * @source pkg/apis/core/validation/validation.go validateContainerCommon (v1.37)
 */
function checkContainer(container: Target, scope: Scope, at: FieldPath): void {
  scope.check(containerRules, container, at);
  if (container.ports !== undefined) checkPorts(container, scope, at);
  checkEnvironment(container, scope, at);
  if (container.volumeMounts !== undefined) scope.check(mountRules, container, at);
  if (container.volumeDevices !== undefined) scope.check(deviceRules, container, at);
  checkResources(container, scope, at);
  if (container.securityContext !== undefined) checkSecurity(container.securityContext, scope, at.child('securityContext'));
}

/** Of a container before the others the rules are looked at only with a policy that may have some. */
function hasRestartRules({ restartPolicy, restartPolicyRules = [] }: Target, { minor }: Scope): boolean {
  if (restartPolicyRules.length === 0) return false;
  return restartPolicy !== undefined && (minor >= 36 || restartPolicy !== 'Always');
}

function checkRestart(container: Target, scope: Scope, at: FieldPath): void {
  if (container.restartPolicyRules === undefined) return;
  scope.check(restartListRules, container, at);
  container.restartPolicyRules.forEach((rule, position) => scope.check(restartRuleRules, rule, at.child('restartPolicyRules').index(position)));
}

function checkPorts(container: Target, scope: Scope, at: FieldPath): void {
  scope.check(portListRules, container, at);
  container.ports?.forEach((port, position) => scope.check(portRules, port, at.child('ports').index(position)));
}

function checkEnvironment(container: Target, scope: Scope, at: FieldPath): void {
  container.env?.forEach((variable, position) => {
    const place = at.child('env').index(position);
    scope.check(envRules, variable, place);
    if (variable.valueFrom !== undefined) checkValueSource(variable.valueFrom, scope, place.child('valueFrom'));
  });
  if (container.envFrom === undefined) return;
  scope.check(envFromListRules, container, at);
  container.envFrom.forEach((source, position) => scope.check(envFromRules, source, at.child('envFrom').index(position)));
}

function checkValueSource(source: NonNullable<Decoded<EnvVar>['valueFrom']>, scope: Scope, at: FieldPath): void {
  if (source.fieldRef !== undefined) {
    scope.check(fieldRefRules, source.fieldRef, at.child('fieldRef'));
    scope.check(envFieldRules, source.fieldRef, at.child('fieldRef'));
  }
  if (source.resourceFieldRef !== undefined) scope.check(resourceRefRules, source.resourceFieldRef, at.child('resourceFieldRef'));
  if (source.configMapKeyRef !== undefined) scope.check(keyRefRules, source.configMapKeyRef, at.child('configMapKeyRef'));
  if (source.secretKeyRef !== undefined) scope.check(keyRefRules, source.secretKeyRef, at.child('secretKeyRef'));
  if (source.fileKeyRef !== undefined) scope.check(fileKeyRules, source.fileKeyRef, at.child('fileKeyRef'));
}

function checkResources(container: Target, scope: Scope, at: FieldPath): void {
  if (container.resources !== undefined) {
    const place = at.child('resources');
    scope.check(resourceAmountRules, container.resources, place);
    scope.check(containerResourceRules, container.resources, place);
    if (container.resources.claims !== undefined) scope.check(resourceClaimRules, container.resources, place);
  }
  if (container.resizePolicy !== undefined) scope.check(resizePolicyRules, container, at);
}

function checkSecurity(context: NonNullable<Target['securityContext']>, scope: Scope, at: FieldPath): void {
  scope.check(containerSecurityRules, context, at);
  if (context.seccompProfile !== undefined) scope.check(seccompRules, context.seccompProfile, at.child('seccompProfile'));
  if (context.windowsOptions !== undefined) scope.check(windowsRules, context.windowsOptions, at.child('windowsOptions'));
  if (context.appArmorProfile !== undefined) scope.check(appArmorRules, context.appArmorProfile, at.child('appArmorProfile'));
}

function checkProbes({ lifecycle, livenessProbe, readinessProbe, startupProbe }: Target, scope: Scope, at: FieldPath): void {
  for (const hook of ['postStart', 'preStop'] as const) {
    const handler = lifecycle?.[hook];
    if (handler === undefined) continue;
    scope.check(handlerRules, handler, at.child('lifecycle', hook));
    scope.check(sleepRules, handler, at.child('lifecycle', hook));
  }
  const probes = [['livenessProbe', livenessProbe], ['readinessProbe', readinessProbe], ['startupProbe', startupProbe]] as const;
  for (const [kind, probe] of probes) {
    if (probe === undefined) continue;
    const place = at.child(kind);
    scope.check(handlerRules, probe, place);
    scope.check(probeRules, probe, place);
    scope.check(kind === 'readinessProbe' ? readinessProbeRules : strictProbeRules, probe, place);
  }
}
