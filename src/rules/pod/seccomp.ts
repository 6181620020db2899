import { eachContainer } from './containers';
import { canonicalReferenceFault } from '../../api/canonical-reference';
import { type Decoded } from '../../api/decoded';
import { type PodSpec, type SeccompProfile, type SecurityProfileOCI, type SecurityProfileOCIBase } from '../../api/kubernetes';
import { oneOf, required, supportedValues, wellNamed } from '../rule/makers/makers';
import { descendingPath } from '../rule/makers/names';
import { type RuleGroup } from '../rule/rule';
import { inContainer, inPod, minimalContainer } from '../rule/wrap';

/** The kinds of profiles, for seccomp and AppArmor alike. */
export const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];

const declared = 'pkg/apis/core/v1/zz_generated.validations.go Validate_SecurityProfileOCI (v1.38)';
const digest = `registry.example.com/profiles/strict@sha256:${'0'.repeat(64)}`;
const ociGates = ['SecurityProfileOCI'] as const;
const longestRef = 1024;
const longestPath = 4096;

/** A seccomp profile, of the pod or a container. */
const seccompGroup: RuleGroup<Decoded<SeccompProfile>> = {
  at: 'spec.template.spec.containers[*].securityContext.seccompProfile',
  source: 'pkg/apis/core/validation/validation.go validateSeccompProfileField (v1.37)',
  wrap: (seccompProfile) => inContainer({ securityContext: { seccompProfile } }),
  rules: [
    required({
      id: 'seccomp-type-given',
      field: 'type',
      message: 'type is required when seccompProfile is set',
      examples: { bad: [{}], good: [{ type: 'RuntimeDefault' }] },
    }),
    {
      id: 'seccomp-type-known',
      field: 'type',
      type: 'NotSupported',
      message: supportedValues(profileTypes),
      when: 'type',
      finds: ({ type = '' }: { readonly type?: string }, scope) => {
        const hasOci = scope.has('SecurityProfileOCI');
        if (type === '' || profileTypes.includes(type) || (hasOci && type === 'OCI')) return;
        scope.report(type, undefined, hasOci ? supportedValues([...profileTypes, 'OCI']) : undefined);
      },
      examples: { bad: [{ type: 'Default' }], good: [{ type: 'Unconfined' }] },
    },
    required({
      id: 'seccomp-profile-given',
      field: 'localhostProfile',
      message: 'must be set when seccomp type is Localhost',
      takesEmpty: true,
      where: isLocalhost,
      examples: { bad: [{ type: 'Localhost' }], good: [{ type: 'Localhost', localhostProfile: 'a.json' }] },
    }),
    wellNamed({
      id: 'seccomp-profile-stays-inside',
      field: 'localhostProfile',
      as: descendingPath,
      where: isLocalhost,
      examples: { bad: [{ type: 'Localhost', localhostProfile: '/x' }], good: [{ type: 'Localhost', localhostProfile: 'profiles/a.json' }] },
    }),
    {
      id: 'seccomp-profile-only-for-localhost',
      field: 'localhostProfile',
      type: 'Invalid',
      message: 'can only be set when seccomp type is Localhost',
      finds: (profile, scope) => { if (profile.type !== 'Localhost' && profile.localhostProfile !== undefined) scope.report(profile); },
      examples: { bad: [{ type: 'RuntimeDefault', localhostProfile: 'x' }], good: [{ type: 'RuntimeDefault' }] },
    },
    {
      id: 'seccomp-oci-beside-its-type',
      field: 'oci',
      type: 'Invalid',
      message: 'must be specified when `type` is "OCI", and only then',
      since: 38,
      source: 'pkg/apis/core/v1/zz_generated.validations.go Validate_SeccompProfile (v1.38)',
      finds: ({ type, oci }: { readonly type?: string; readonly oci?: object }, scope) => {
        if ((type === 'OCI') === (oci !== undefined)) return;
        scope.report('', undefined, `${oci === undefined ? 'must' : 'may only'} be specified when \`type\` is "OCI"`);
      },
      examples: { bad: [{ type: 'RuntimeDefault', oci: { ref: digest } }, { type: 'OCI' }], good: [{ type: 'OCI', oci: { ref: digest } }], minor: 38, gates: ociGates },
    },
  ],
};

/** A seccomp profile from a registry, since 1.38. */
const ociGroup: RuleGroup<Decoded<SecurityProfileOCI>> = {
  at: 'spec.template.spec.containers[*].securityContext.seccompProfile.oci',
  source: declared,
  since: 38,
  wrap: (oci) => inContainer({ securityContext: { seccompProfile: { type: 'OCI', oci: { ref: digest, ...oci } } } }),
  rules: [
    required({ id: 'seccomp-oci-ref-given', field: 'ref', examples: { bad: [{ ref: '' }], good: [{}], minor: 38, gates: ociGates } }),
    {
      id: 'seccomp-oci-ref-pinned',
      field: 'ref',
      type: 'Invalid',
      message: 'must be pinned by digest (<registry>/<repository>@<algorithm>:<digest>)',
      source: 'pkg/apis/core/v1/validation.go ValidateCustom_SecurityProfileOCI_Ref (v1.38)',
      finds: ({ ref = '' }, scope) => {
        const fault = ref === '' || [...ref].length > longestRef ? undefined : faultOfRef(ref);
        if (fault !== undefined) scope.report(ref, undefined, fault);
      },
      examples: {
        bad: [{ ref: 'registry.example.com/strict' }, { ref: digest.replace('@', ':v1@') }, { ref: 'strict' }],
        good: [{ ref: digest }],
        minor: 38,
        gates: ociGates,
      },
    },
    {
      id: 'seccomp-oci-ref-within-1024-characters',
      field: 'ref',
      type: 'TooLong',
      message: `may not be more than ${longestRef} characters`,
      finds: ({ ref = '' }, scope) => { if ([...ref].length > longestRef) scope.report(); },
      examples: { bad: [{ ref: `${'a'.repeat(longestRef)}/b` }], good: [{}], minor: 38, gates: ociGates },
    },
  ],
};

/** What such a profile is merged with. */
const ociBaseGroup: RuleGroup<Decoded<SecurityProfileOCIBase>> = {
  at: 'spec.template.spec.containers[*].securityContext.seccompProfile.oci.baseProfile',
  source: declared,
  since: 38,
  wrap: (baseProfile) => inContainer({ securityContext: { seccompProfile: { type: 'OCI', oci: { ref: digest, baseProfile } } } }),
  rules: [
    required({ id: 'seccomp-oci-base-type-given', field: 'type', examples: { bad: [{}], good: [{ type: 'RuntimeDefault' }], minor: 38, gates: ociGates } }),
    oneOf({
      id: 'seccomp-oci-base-type-known',
      field: 'type',
      checks: 'filled',
      values: ['Localhost', 'RuntimeDefault'],
      examples: { bad: [{ type: 'Unconfined' }], good: [{ type: 'RuntimeDefault' }], minor: 38, gates: ociGates },
    }),
    {
      id: 'seccomp-oci-base-profile-beside-its-type',
      field: 'localhostProfile',
      type: 'Invalid',
      message: 'must be specified when `type` is "Localhost", and only then',
      finds: ({ type, localhostProfile }, scope) => {
        if ((type === 'Localhost') === (localhostProfile !== undefined)) return;
        scope.report('', undefined, `${localhostProfile === undefined ? 'must' : 'may only'} be specified when \`type\` is "Localhost"`);
      },
      examples: { bad: [{ type: 'Localhost' }, { type: 'RuntimeDefault', localhostProfile: 'p' }], good: [{ type: 'Localhost', localhostProfile: 'p' }], minor: 38, gates: ociGates },
    },
    {
      id: 'seccomp-oci-base-profile-not-empty',
      field: 'localhostProfile',
      type: 'Required',
      message: 'must not be empty',
      when: 'localhostProfile',
      finds: ({ localhostProfile }, scope) => { if (localhostProfile === '') scope.report(); },
      examples: { bad: [{ type: 'Localhost', localhostProfile: '' }], good: [{ type: 'Localhost', localhostProfile: 'p' }], minor: 38, gates: ociGates },
    },
    {
      id: 'seccomp-oci-base-profile-stays-inside',
      field: 'localhostProfile',
      type: 'Invalid',
      message: 'must be a relative path without \'..\'',
      source: 'pkg/apis/core/v1/validation.go ValidateCustom_SecurityProfileOCIBase_LocalhostProfile (v1.38)',
      when: 'localhostProfile',
      finds: ({ localhostProfile = '' }, scope) => {
        if ([...localhostProfile].length > longestPath) return;
        if (localhostProfile.startsWith('/')) scope.report(localhostProfile, undefined, 'must be a relative path');
        if (localhostProfile.split('/').includes('..')) scope.report(localhostProfile, undefined, 'must not contain \'..\'');
      },
      examples: { bad: [{ type: 'Localhost', localhostProfile: '/p' }, { type: 'Localhost', localhostProfile: '../p' }], good: [{ type: 'Localhost', localhostProfile: 'a/p' }], minor: 38, gates: ociGates },
    },
    {
      id: 'seccomp-oci-base-profile-within-4096-characters',
      field: 'localhostProfile',
      type: 'TooLong',
      message: `may not be more than ${longestPath} characters`,
      when: 'localhostProfile',
      finds: ({ localhostProfile = '' }, scope) => { if ([...localhostProfile].length > longestPath) scope.report(); },
      examples: { bad: [{ type: 'Localhost', localhostProfile: 'p'.repeat(longestPath + 1) }], good: [{ type: 'Localhost', localhostProfile: 'p' }], minor: 38, gates: ociGates },
    },
  ],
};

/** Profiles from a registry against what containers may do. */
const ociPodGroup: RuleGroup<Decoded<PodSpec>> = {
  at: 'spec.template.spec',
  source: 'pkg/apis/core/validation/validation.go validatePrivilegedContainersSeccompOCI (v1.38)',
  since: 38,
  wrap: inPod,
  rules: [{
    id: 'privileged-container-without-oci-seccomp',
    field: '**.securityContext.privileged',
    type: 'Forbidden',
    message: 'privileged containers cannot use a seccomp profile of type OCI; set a seccompProfile of another type on the container',
    gate: 'SecurityProfileOCI',
    finds: (pod, scope) => {
      const ofPod = pod.securityContext?.seccompProfile;
      eachContainer(pod, scope.at, ({ securityContext }, place) => {
        const { type } = securityContext?.seccompProfile ?? ofPod ?? {};
        if (securityContext?.privileged === true && type === 'OCI') scope.report(undefined, place.child('securityContext', 'privileged'));
      });
    },
    examples: {
      bad: [{ securityContext: { seccompProfile: { type: 'OCI', oci: { ref: digest } } }, containers: [{ ...minimalContainer, securityContext: { privileged: true } }] }],
      good: [{ containers: [{ ...minimalContainer, securityContext: { privileged: true } }] }],
      minor: 38,
    },
  }],
};

/** The groups about seccomp profiles. */
export const seccompRules = { profile: seccompGroup, oci: ociGroup, ociBase: ociBaseGroup, ociPod: ociPodGroup };

function isLocalhost({ type }: { readonly type?: string }): boolean {
  return type === 'Localhost';
}

/** What is wrong with the reference of a profile, which must be in canonical form and pinned; undefined when nothing is. */
function faultOfRef(ref: string): string | undefined {
  const fault = canonicalReferenceFault(ref);
  if (fault !== undefined) return `must be a digest-pinned reference in canonical form (<registry>/<repository>@<algorithm>:<digest>): ${fault}`;
  const [named = '', pinned] = ref.split('@');
  if ((named.split('/').at(-1) ?? '').includes(':')) return 'must not contain a tag';
  return pinned === undefined ? 'must be pinned by digest (<registry>/<repository>@<algorithm>:<digest>)' : undefined;
}
