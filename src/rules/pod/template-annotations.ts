import { annotationKeys } from './annotated-profiles';
import { templateRules } from './template';
import { readAnnotatedTolerations, tolerationsKey } from './toleration-annotation';
import { type Decoded } from '../../api/decoded';
import { type PodSpec, type PodTemplateSpec } from '../../api/kubernetes';
import { annotationsWithinLimit, wellFormedAnnotationKeys } from '../rule/makers/maps';
import { findDescendingFaults } from '../rule/paths';
import { type RuleGroup } from '../rule/rule';

type Target = Decoded<PodTemplateSpec>;

const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
const mirror = 'kubernetes.io/config.mirror';
const { appArmorPrefix, seccompPod, seccompPrefix } = annotationKeys;

/** The annotations of a pod template. */
const annotationGroup: RuleGroup<Target> = {
  ...templateRules.template,
  rules: [
    wellFormedAnnotationKeys({
      id: 'template-annotation-keys-well-formed',
      field: 'annotations',
      reads: 'metadata.annotations',
      examples: { bad: [{ annotations: { 'a b': 'x' } }], good: [{ annotations: { a: 'any text' } }] },
    }),
    annotationsWithinLimit({
      id: 'template-annotations-within-limit',
      field: 'annotations',
      reads: 'metadata.annotations',
      examples: { bad: [{ annotations: { a: 'x'.repeat(262_144) } }], good: [{ annotations: { a: 'x' } }] },
    }),
    {
      id: 'deletion-cost-is-a-number',
      field: `annotations[${deletionCost}]`,
      type: 'Invalid',
      message: 'must be a 32bit integer',
      source: 'pkg/apis/core/validation/validation.go ValidatePodSpecificAnnotations (v1.37)',
      finds: ({ metadata }, scope) => {
        const cost = metadata?.annotations?.[deletionCost];
        if (cost !== undefined && !isInt32(cost)) scope.report(cost, scope.at.child('annotations').key(deletionCost));
      },
      examples: { bad: [{ annotations: { [deletionCost]: '01' } }, { annotations: { [deletionCost]: '+1' } }], good: [{ annotations: { [deletionCost]: '-5' } }] },
    },
    {
      id: 'mirror-pod-has-a-node',
      field: `annotations[${mirror}]`,
      type: 'Invalid',
      message: 'must set spec.nodeName if mirror pod annotation is set',
      source: 'pkg/apis/core/validation/validation.go ValidatePodSpecificAnnotations (v1.37)',
      finds: ({ metadata, spec }, scope) => {
        const value = metadata?.annotations?.[mirror];
        if (value !== undefined && (spec?.nodeName ?? '') === '') scope.report(value, scope.at.child('annotations').key(mirror));
      },
      examples: { bad: [{ annotations: { [mirror]: 'x' } }], good: [{ annotations: { a: 'x' } }] },
    },
    {
      id: 'app-armor-annotation-names-a-container',
      field: 'annotations[*]',
      type: 'Invalid',
      message: 'container not found',
      source: 'pkg/apis/core/validation/validation.go ValidateAppArmorPodAnnotations (v1.37)',
      finds: ({ metadata, spec }, scope) => {
        for (const key of Object.keys(metadata?.annotations ?? {})) {
          const container = key.startsWith(appArmorPrefix) ? key.slice(appArmorPrefix.length) : undefined;
          if (container !== undefined && !hasContainer(spec ?? {}, container)) scope.report(container, scope.at.child('annotations').key(key));
        }
      },
      examples: { bad: [{ annotations: { [`${appArmorPrefix}other`]: 'runtime/default' } }], good: [{ annotations: { [`${appArmorPrefix}main`]: 'runtime/default' } }] },
    },
    {
      id: 'app-armor-annotation-well-formed',
      field: 'annotations[*]',
      type: 'Invalid',
      message: 'invalid AppArmor profile name',
      source: 'pkg/apis/core/validation/validation.go ValidateAppArmorProfileFormat (v1.37)',
      finds: ({ metadata }, scope) => {
        for (const [key, profile] of Object.entries(metadata?.annotations ?? {})) {
          const isKnown = ['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith('localhost/');
          if (key.startsWith(appArmorPrefix) && !isKnown) scope.report(profile, scope.at.child('annotations').key(key), `invalid AppArmor profile name: "${profile}"`);
        }
      },
      examples: { bad: [{ annotations: { [`${appArmorPrefix}main`]: 'strict' } }], good: [{ annotations: { [`${appArmorPrefix}main`]: 'localhost/p' } }] },
    },
    {
      id: 'seccomp-annotation-well-formed',
      field: 'annotations.*',
      type: 'Invalid',
      message: 'must be a valid seccomp profile',
      source: 'pkg/apis/core/validation/validation.go ValidateSeccompPodAnnotations (v1.37)',
      finds: ({ metadata }, scope) => {
        for (const [key, profile] of Object.entries(metadata?.annotations ?? {})) {
          if (key !== seccompPod && !key.startsWith(seccompPrefix)) continue;
          const at = scope.at.child('annotations', key);
          if (profile.startsWith('localhost/')) scope.reportAll(findDescendingFaults(profile.slice('localhost/'.length)), profile.slice('localhost/'.length), at);
          else if (!['runtime/default', 'docker/default', 'unconfined'].includes(profile)) scope.report(profile, at);
        }
      },
      examples: { bad: [{ annotations: { [seccompPod]: 'strict' } }, { annotations: { [seccompPod]: 'localhost//x' } }], good: [{ annotations: { [seccompPod]: 'runtime/default' } }] },
    },
    {
      id: 'tolerations-annotation-parses',
      field: 'annotations',
      type: 'Invalid',
      message: 'must be a list of tolerations as JSON',
      source: 'pkg/apis/core/validation/validation.go ValidateTolerationsInPodAnnotations (v1.37)',
      finds: ({ metadata }, scope) => {
        const { problem } = readAnnotatedTolerations(metadata?.annotations, scope.server);
        if (problem !== undefined) scope.report(tolerationsKey, undefined, problem);
      },
      examples: {
        bad: [{ annotations: { [tolerationsKey]: 'x' } }, { annotations: { [tolerationsKey]: '[{"key":1}]' } }],
        good: [{ annotations: { [tolerationsKey]: '[{"key":"a","operator":"Exists"}]' } }],
      },
    },
  ],
};

/** The groups about the annotations of a pod template, for those that have some. */
export const templateAnnotationRules = { annotations: annotationGroup };

function isInt32(text: string): boolean {
  return /^(?:0|-?[1-9][0-9]*)$/.test(text) && Number(text) >= -(2 ** 31) && Number(text) < 2 ** 31;
}

function hasContainer(pod: Decoded<PodSpec>, wanted: string): boolean {
  return [pod.containers, pod.initContainers, pod.ephemeralContainers].some((list) => list?.some(({ name = '' }) => name === wanted) === true);
}

