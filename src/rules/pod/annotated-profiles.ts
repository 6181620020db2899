import { eachContainer } from './containers';
import { type Decoded } from '../../api/decoded';
import { type PodTemplateSpec } from '../../api/kubernetes';
import { type FieldPath } from '../../core/field-path';
import { type RuleGroup, type Scope } from '../rule/rule';
import { inJob, minimalContainer, minimalPod } from '../rule/wrap';

type Target = Decoded<PodTemplateSpec>;

/** A profile of seccomp or AppArmor as a field. */
interface Profile {
  readonly type?: string;
  readonly localhostProfile?: string;
}

/** The annotations that held profiles before there were fields. */
export const annotationKeys = {
  appArmorPrefix: 'container.apparmor.security.beta.kubernetes.io/',
  seccompPod: 'seccomp.security.alpha.kubernetes.io/pod',
  seccompPrefix: 'container.seccomp.security.alpha.kubernetes.io/',
} as const;

const localhostPrefix = 'localhost/';
const seccompNames = { Unconfined: ['unconfined'], RuntimeDefault: ['runtime/default', 'docker/default'] };
const appArmorNames = { Unconfined: ['unconfined'], RuntimeDefault: ['runtime/default'] };
const strict = { seccompProfile: { type: 'RuntimeDefault' } };
const hidden = { appArmorProfile: { type: 'Localhost', localhostProfile: 'p' } };

/** Profiles that stand both in an annotation and in a field: both must say the same. */
const profileGroup: RuleGroup<Target> = {
  at: 'spec.template',
  source: 'pkg/apis/core/validation/validation.go validateSeccompAnnotationsAndFields, validateSeccompAnnotationsAndFieldsMatch (v1.37)',
  wrap: ({ annotations, ...pod }: { annotations?: object }) => {
    return inJob({ template: { metadata: { annotations }, spec: { ...minimalPod, ...pod } } });
  },
  rules: [
    {
      id: 'seccomp-annotation-matches-field',
      field: 'spec.**.securityContext.seccompProfile.{type,localhostProfile}',
      type: 'Forbidden',
      message: 'seccomp type in annotation and field must match',
      when: 'metadata',
      finds: ({ metadata: { annotations = {} } = {}, spec = {} }, scope) => {
        const at = scope.at.child('spec');
        const check = (key: string, profile: Profile | undefined, place: FieldPath): void => {
          const fault = profile === undefined ? undefined : faultOf(annotations[key], profile, seccompNames, scope);
          if (fault !== undefined) reportFault('seccomp', fault, scope, place.child('securityContext', 'seccompProfile'));
        };
        check(annotationKeys.seccompPod, spec.securityContext?.seccompProfile, at);
        eachContainer(spec, at, ({ name = '', securityContext }, place) => {
          check(`${annotationKeys.seccompPrefix}${name}`, securityContext?.seccompProfile, place);
        });
      },
      examples: {
        bad: [
          { annotations: { [annotationKeys.seccompPod]: 'unconfined' }, securityContext: strict },
          { annotations: { [`${annotationKeys.seccompPrefix}main`]: 'localhost/p' }, containers: [{ ...minimalContainer, securityContext: strict }] },
        ],
        good: [{ annotations: { [annotationKeys.seccompPod]: 'docker/default' }, securityContext: strict }],
      },
    },
    {
      id: 'app-armor-annotation-matches-field',
      field: 'spec.**.securityContext.appArmorProfile.{type,localhostProfile}',
      type: 'Forbidden',
      message: 'apparmor type in annotation and field must match',
      source: 'pkg/apis/core/validation/validation.go validateAppArmorAnnotationsAndFieldsMatchOnCreate (v1.37)',
      when: 'metadata',
      finds: ({ metadata: { annotations = {} } = {}, spec = {} }, scope) => {
        if (spec.os?.name === 'windows') return;
        eachContainer(spec, scope.at.child('spec'), ({ name = '', securityContext }, place) => {
          // A container has the profile of its pod, unless it has one of its own.
          const profile = securityContext?.appArmorProfile ?? spec.securityContext?.appArmorProfile;
          const fault = profile === undefined ? undefined : faultOf(annotations[`${annotationKeys.appArmorPrefix}${name}`], profile, appArmorNames, scope);
          if (fault !== undefined) reportFault('apparmor', fault, scope, place.child('securityContext', 'appArmorProfile'));
        });
      },
      examples: {
        bad: [
          { annotations: { [`${annotationKeys.appArmorPrefix}main`]: 'unconfined' }, securityContext: hidden },
          { annotations: { [`${annotationKeys.appArmorPrefix}main`]: 'localhost/other' }, securityContext: hidden },
        ],
        good: [{ annotations: { [`${annotationKeys.appArmorPrefix}main`]: 'localhost/p' }, securityContext: hidden }],
      },
    },
  ],
};

/** The groups about profiles in annotations. */
export const annotatedProfileRules = { template: profileGroup };

/** The part of a profile in which the annotation differs from the field; undefined where nothing differs, or the type is unknown. */
function faultOf(
  annotation: string | undefined, { type, localhostProfile }: Profile, names: typeof seccompNames, { minor }: Scope,
): keyof Profile | undefined {
  if (annotation === undefined) return undefined;
  if (type === 'Unconfined' || type === 'RuntimeDefault') return names[type].includes(annotation) ? undefined : 'type';
  // No annotation stands for a profile of a registry, which 1.38 knows.
  if (type === 'OCI' && minor >= 38) return 'type';
  if (type !== 'Localhost') return undefined;
  if (!annotation.startsWith(localhostPrefix)) return 'type';
  return annotation.slice(localhostPrefix.length) === localhostProfile ? undefined : 'localhostProfile';
}

function reportFault(kind: string, fault: keyof Profile, scope: Scope, at: FieldPath): void {
  scope.report(undefined, at.child(fault), `${kind} ${fault === 'type' ? 'type' : 'profile'} in annotation and field must match`);
}
