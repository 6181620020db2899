import { affinityRules } from './affinity';
import { annotatedProfileRules } from './annotated-profiles';
import { checkContainers, checkSeccomp } from './check-container';
import { someContainer } from './containers';
import { evictionRules, mostResponders } from './eviction';
import { hostNamespaceRules } from './host-namespaces';
import { osRules } from './os';
import { dnsRules, podRules, tolerationRules } from './pod';
import { resourceRules } from './resources';
import { seccompRules } from './seccomp';
import { securityRules } from './security';
import { templateRules } from './template';
import { templateAnnotationRules } from './template-annotations';
import { readAnnotatedTolerations, tolerationsKey } from './toleration-annotation';
import { type Decoded } from '../../api/decoded';
import { type Container, type PodAffinity, type PodSpec, type PodTemplateSpec, type Volume } from '../../api/kubernetes';
import { type FieldPath } from '../../core/field-path';
import { labelSelectorRules } from '../job/label-selector';
import { type Scope } from '../rule/rule';
import { checkVolume } from '../volume/check-volume';

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

/**
 * Checks the pod template of a Job.
 *
 * @source pkg/apis/core/validation/validation.go ValidatePodTemplateSpec (v1.37)
 */
export function checkPodTemplate(template: Decoded<PodTemplateSpec>, scope: Scope, at: FieldPath): void {
  scope.check(templateRules.template, template, at);
  const { annotations } = template.metadata ?? {};
  if (annotations !== undefined) checkAnnotations(template, annotations, scope, at);
  const pod = template.spec ?? {};
  const place = at.child('spec');
  checkVolumes(pod, scope, place);
  pod.resourceClaims?.forEach((claim, position) => scope.check(resourceRules.podClaim, claim, place.child('resourceClaims').index(position)));
  checkContainers(pod, scope, place);
  scope.check(podRules.spec, pod, place);
  checkPodResources(pod, scope, place);
  checkSecurity(pod, scope, place);
  if (pod.affinity !== undefined) checkAffinity(pod.affinity, scope, place.child('affinity'));
  checkDns(pod, scope, place);
  pod.tolerations?.forEach((toleration, position) => scope.check(tolerationRules.toleration, toleration, place.child('tolerations').index(position)));
  checkSpread(pod, scope, place);
  if (pod.evictionResponders !== undefined || pod.schedulingGroup !== undefined) checkEviction(pod, scope, place);
  if (annotations !== undefined) scope.check(annotatedProfileRules.template, template, at);
}

function checkAnnotations(
  template: Decoded<PodTemplateSpec>, annotations: Readonly<Record<string, string>>, scope: Scope, at: FieldPath,
): void {
  scope.check(templateAnnotationRules.annotations, template, at);
  const { tolerations } = readAnnotatedTolerations(annotations, scope.server);
  tolerations.forEach((toleration, position) => scope.check(tolerationRules.toleration, toleration, at.child('annotations', tolerationsKey).index(position)));
}

/** Of too many responders, none is looked at. */
function checkEviction(pod: Decoded<PodSpec>, scope: Scope, at: FieldPath): void {
  scope.check(evictionRules.pod, pod, at);
  const { evictionResponders = [] } = pod;
  if (evictionResponders.length > mostResponders) return;
  evictionResponders.forEach((responder, position) => scope.check(evictionRules.responder, responder, at.child('evictionResponders').index(position)));
}

/** Only volumes without a fault can be mounted, and only they make a later namesake a duplicate. */
function checkVolumes(pod: Decoded<PodSpec>, scope: Scope, at: FieldPath): void {
  if (pod.volumes === undefined) return;
  const sound = new Map<string, Decoded<Volume>>();
  scope.volumes = sound;
  pod.volumes.forEach((volume, position) => {
    const { errors } = scope;
    checkVolume(volume, scope, at.child('volumes').index(position));
    if (scope.errors === errors) sound.set(volume.name ?? '', volume);
  });
}

function checkPodResources(pod: Decoded<PodSpec>, scope: Scope, at: FieldPath): void {
  // On Windows the field is refused as a whole.
  if (pod.resources !== undefined && pod.os?.name !== 'windows') {
    scope.check(resourceRules.pod, pod, at);
    scope.check(resourceRules.amount, { ...pod.resources }, at.child('resources'));
    if (pod.resources.claims !== undefined) scope.check(resourceRules.claim, pod.resources, at.child('resources'));
  }
  if (pod.overhead !== undefined) {
    scope.check(resourceRules.amount, { limits: pod.overhead }, at.child('overhead'));
    scope.check(resourceRules.container, { limits: pod.overhead }, at.child('overhead'));
  }
}

function checkSecurity(pod: Decoded<PodSpec>, scope: Scope, at: FieldPath): void {
  scope.check(hostNamespaceRules.pod, pod, at);
  const { securityContext = {} } = pod;
  // Every pod has one on the server, most often an empty one.
  if (Object.keys(securityContext).length > 0) {
    const place = at.child('securityContext');
    scope.check(securityRules.pod, securityContext, place);
    if (securityContext.seccompProfile !== undefined) checkSeccomp(securityContext.seccompProfile, scope, place.child('seccompProfile'));
    if (securityContext.windowsOptions !== undefined) scope.check(securityRules.windows, securityContext.windowsOptions, place.child('windowsOptions'));
    if (securityContext.appArmorProfile !== undefined) scope.check(securityRules.appArmor, securityContext.appArmorProfile, place.child('appArmorProfile'));
  }
  if (someContainer(pod, isPrivileged)) scope.check(seccompRules.ociPod, pod, at);
  if (pod.os !== undefined) scope.check(osRules.pod, pod, at);
  if (isForWindows(pod) || someContainer(pod, isForWindows)) scope.check(osRules.hostProcess, pod, at);
}

function isPrivileged({ securityContext }: Decoded<Container>): boolean {
  return securityContext?.privileged === true;
}

function isForWindows({ securityContext }: { readonly securityContext?: { readonly windowsOptions?: unknown } }): boolean {
  return securityContext?.windowsOptions !== undefined;
}

function checkDns({ dnsConfig, dnsPolicy }: Decoded<PodSpec>, scope: Scope, at: FieldPath): void {
  // The API server looks no further when the nameservers that it needs are missing.
  if (dnsConfig === undefined || (dnsPolicy === 'None' && (dnsConfig.nameservers ?? []).length === 0)) return;
  scope.check(dnsRules.config, dnsConfig, at.child('dnsConfig'));
}

function checkSpread({ topologySpreadConstraints }: Decoded<PodSpec>, scope: Scope, at: FieldPath): void {
  topologySpreadConstraints?.forEach((constraint, position) => {
    const place = at.child('topologySpreadConstraints').index(position);
    scope.check(affinityRules.spread, constraint, place);
    if (constraint.labelSelector !== undefined) scope.check(labelSelectorRules.selector, constraint.labelSelector, place.child('labelSelector'));
  });
}

function checkAffinity({ nodeAffinity, podAffinity, podAntiAffinity }: NonNullable<Decoded<PodSpec>['affinity']>, scope: Scope, at: FieldPath): void {
  if (nodeAffinity !== undefined) checkNodeAffinity(nodeAffinity, scope, at.child('nodeAffinity'));
  if (podAffinity !== undefined) checkPodAffinity(podAffinity, scope, at.child('podAffinity'));
  if (podAntiAffinity !== undefined) checkPodAffinity(podAntiAffinity, scope, at.child('podAntiAffinity'));
}

type NodeAffinity = NonNullable<NonNullable<Decoded<PodSpec>['affinity']>['nodeAffinity']>;
type NodeTerm = NonNullable<NonNullable<NodeAffinity[typeof required]>['nodeSelectorTerms']>[number];

function checkNodeAffinity(affinity: NodeAffinity, scope: Scope, at: FieldPath): void {
  const demanded = affinity[required];
  if (demanded !== undefined) {
    scope.check(affinityRules.nodeSelector, demanded, at.child(required));
    demanded.nodeSelectorTerms?.forEach((term, position) => {
      checkNodeTerm(term, true, scope, at.child(required, 'nodeSelectorTerms').index(position));
    });
  }
  affinity[preferred]?.forEach((term, position) => {
    const place = at.child(preferred).index(position);
    scope.check(affinityRules.weight, term, place);
    checkNodeTerm(term.preference ?? {}, false, scope, place.child('preference'));
  });
}

function checkNodeTerm({ matchExpressions, matchFields }: NodeTerm, isDemand: boolean, scope: Scope, at: FieldPath): void {
  matchExpressions?.forEach((expression, position) => {
    const place = at.child('matchExpressions').index(position);
    scope.check(affinityRules.nodeRequirement, expression, place);
    if (isDemand) scope.check(affinityRules.nodeValue, expression, place);
  });
  matchFields?.forEach((field, position) => scope.check(affinityRules.nodeField, field, at.child('matchFields').index(position)));
}

function checkPodAffinity(affinity: Decoded<PodAffinity>, scope: Scope, at: FieldPath): void {
  affinity[required]?.forEach((term, position) => checkPodTerm(term, scope, at.child(required).index(position)));
  affinity[preferred]?.forEach((weighted, position) => {
    const place = at.child(preferred).index(position);
    scope.check(affinityRules.weight, weighted, place);
    checkPodTerm(weighted.podAffinityTerm ?? {}, scope, place.child('podAffinityTerm'));
  });
}

function checkPodTerm(term: NonNullable<Decoded<PodAffinity>[typeof required]>[number], scope: Scope, at: FieldPath): void {
  if (term.labelSelector !== undefined) scope.check(labelSelectorRules.selector, term.labelSelector, at.child('labelSelector'));
  if (term.namespaceSelector !== undefined) scope.check(labelSelectorRules.selector, term.namespaceSelector, at.child('namespaceSelector'));
  scope.check(affinityRules.podTerm, term, at);
}
