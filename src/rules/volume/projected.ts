// Long because it is a table of rules.
import { projectedKinds } from '../../api/create-strategy';
import { type Decoded } from '../../api/decoded';
import { type ClusterTrustBundleProjection, type PodCertificateProjection, type ProjectedVolumeSource, type VolumeProjection } from '../../api/kubernetes';
import { checkDnsLabel, checkDnsSubdomain, checkQualifiedName } from '../../api/names';
import { kebab } from '../rule/makers/make-rule';
import { inRange, required, supportedValues, wellNamed } from '../rule/makers/makers';
import { annotationsWithinLimit } from '../rule/makers/maps';
import { volumePath } from '../rule/makers/names';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inVolume } from '../rule/wrap';

type Source = Decoded<VolumeProjection>;

const day = 86_400;
const keyTypes = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];
const latticeKeyTypes = ['MLDSA44', 'MLDSA65', 'MLDSA87'];
const source = 'pkg/apis/core/validation/validation.go validateProjectionSources (v1.37)';

/** A projected volume as a whole. */
const volumeGroup: RuleGroup<Decoded<ProjectedVolumeSource>> = {
  at: 'spec.template.spec.volumes[*].projected',
  source,
  wrap: (projected) => inVolume({ projected }),
  rules: [
    {
      id: 'projected-paths-unique',
      field: '',
      type: 'Invalid',
      message: 'conflicting duplicate paths',
      finds: ({ sources }, scope) => {
        const seen = new Set<string>();
        for (const projection of sources ?? []) {
          for (const { path, shown } of pathsOf(projection)) {
            if (seen.has(path)) scope.report(shown);
            seen.add(path);
          }
        }
      },
      examples: {
        bad: [{ sources: [{ secret: { name: 's', items: [{ key: 'a', path: 'p' }, { key: 'b', path: 'p' }] } }] }],
        good: [{ sources: [{ secret: { name: 's', items: [{ key: 'a', path: 'p' }, { key: 'b', path: 'q' }] } }] }],
      },
    },
    required({
      id: 'token-path-given',
      field: 'path',
      reads: 'sources[*].serviceAccountToken.path',
      examples: { bad: [{ sources: [{ serviceAccountToken: {} }] }], good: [{ sources: [{ serviceAccountToken: { path: 't' } }] }] },
    }),
    wellNamed({
      id: 'token-path-stays-inside',
      field: 'path',
      reads: 'sources[*].serviceAccountToken.path',
      as: volumePath,
      examples: { bad: [{ sources: [{ serviceAccountToken: { path: '/t' } }] }], good: [{ sources: [{ serviceAccountToken: { path: 'a/t' } }] }] },
    }),
  ],
};

/** One source of a projected volume. */
const sourceGroup: RuleGroup<Source> = {
  at: 'spec.template.spec.volumes[*].projected.sources[*]',
  source,
  wrap: inSource,
  rules: [
    {
      id: 'projection-of-one-kind',
      field: '',
      type: 'Forbidden',
      message: 'may not specify more than 1 volume type per source',
      finds: (projection, scope) => { if (projectedKinds.filter((name) => projection[name] !== undefined).length > 1) scope.report(); },
      examples: { bad: [{ secret: { name: 's' }, configMap: { name: 'c' } }], good: [{ secret: { name: 's' } }, {}] },
    },
    required({
      id: 'projected-secret-name-given',
      field: 'secret.name',
      examples: { bad: [{ secret: {} }], good: [{ secret: { name: 's' } }] },
    }),
    required({
      id: 'projected-config-map-name-given',
      field: 'configMap.name',
      examples: { bad: [{ configMap: {} }], good: [{ configMap: { name: 'c' } }] },
    }),
    inRange({
      id: 'token-lives-ten-minutes',
      field: 'serviceAccountToken.expirationSeconds',
      message: 'may not specify a duration less than 10 minutes',
      min: 600,
      examples: { bad: [{ serviceAccountToken: { path: 't', expirationSeconds: 599 } }], good: [{ serviceAccountToken: { path: 't', expirationSeconds: 600 } }] },
    }),
    inRange({
      id: 'token-expires',
      field: 'serviceAccountToken.expirationSeconds',
      message: 'may not specify a duration larger than 2^32 seconds',
      max: 2 ** 32,
      examples: { bad: [{ serviceAccountToken: { path: 't', expirationSeconds: 2 ** 32 + 1 } }], good: [{ serviceAccountToken: { path: 't', expirationSeconds: 2 ** 32 } }] },
    }),
    userRule(),
  ],
};

/** A bundle of trusted certificates, since 1.37. */
const trustBundleGroup: RuleGroup<Decoded<ClusterTrustBundleProjection>> = {
  at: 'spec.template.spec.volumes[*].projected.sources[*].clusterTrustBundle',
  since: 37,
  source,
  wrap: (clusterTrustBundle) => inSource({ clusterTrustBundle: { path: 'p', ...clusterTrustBundle } }),
  rules: [
    {
      id: 'trust-bundle-by-name-or-signer',
      field: '',
      type: 'Invalid',
      message: 'only one of name and signerName may be used',
      finds: (bundle, scope) => { if (bundle.name !== undefined && bundle.signerName !== undefined) scope.report(bundle); },
      examples: { bad: [{ name: 'b', signerName: 'example.com/s' }], good: [{ name: 'b' }] },
    },
    {
      id: 'trust-bundle-chosen',
      field: '',
      type: 'Required',
      message: 'either name or signerName must be specified',
      finds: ({ name, signerName }, scope) => { if (name === undefined && signerName === undefined) scope.report(); },
      examples: { bad: [{}], good: [{ signerName: 'example.com/s' }] },
    },
    required({
      id: 'trust-bundle-name-given',
      field: 'name',
      message: 'must be a valid object name',
      checks: 'given',
      where: ({ signerName }) => signerName === undefined,
      examples: { bad: [{ name: '' }], good: [{ name: 'b' }] },
    }),
    {
      id: 'trust-bundle-name-well-formed',
      field: 'name',
      type: 'Invalid',
      message: 'not a valid clustertrustbundlename',
      finds: ({ name, signerName }, scope) => {
        if (name === undefined || signerName !== undefined) return;
        for (const problem of checkTrustBundleName(name)) {
          scope.report(name, undefined, `not a valid clustertrustbundlename: ${problem}`);
        }
      },
      examples: {
        bad: [{ name: 'Bad_N' }, { name: 'example.com:s:B' }, { name: 'example.com/s:b' }, { name: ':b' }],
        good: [{ name: 'example.com:s:b' }],
      },
    },
    {
      id: 'trust-bundle-name-without-selector',
      field: 'labelSelector',
      type: 'Invalid',
      message: 'labelSelector must be unset if name is specified',
      finds: ({ name, signerName, labelSelector }, scope) => {
        if (name !== undefined && signerName === undefined && labelSelector !== undefined) scope.report(labelSelector);
      },
      examples: { bad: [{ name: 'b', labelSelector: {} }], good: [{ signerName: 'example.com/s', labelSelector: {} }] },
    },
    required({
      id: 'trust-bundle-signer-given',
      field: 'signerName',
      message: 'must be a valid signer name',
      checks: 'given',
      where: ({ name }) => name === undefined,
      examples: { bad: [{ signerName: '' }], good: [{ signerName: 'example.com/s' }] },
    }),
    ...signerRules<Decoded<ClusterTrustBundleProjection>>('trust-bundle', ({ name, signerName }) => (name === undefined ? signerName : undefined)),
    required({
      id: 'trust-bundle-path-given',
      field: 'path',
      examples: { bad: [{ name: 'b', path: '' }], good: [{ name: 'b' }] },
    }),
    wellNamed({
      id: 'trust-bundle-path-stays-inside',
      field: 'path',
      as: volumePath,
      examples: { bad: [{ name: 'b', path: '/p' }], good: [{ name: 'b', path: 'a/p' }] },
    }),
  ],
};

/** A certificate of the pod, since 1.37. */
const podCertificateGroup: RuleGroup<Decoded<PodCertificateProjection>> = {
  at: 'spec.template.spec.volumes[*].projected.sources[*].podCertificate',
  since: 37,
  source,
  wrap: (podCertificate) => inSource({ podCertificate: { signerName: 'example.com/s', keyType: 'ED25519', credentialBundlePath: 'b', ...podCertificate } }),
  rules: [
    ...signerRules<Decoded<PodCertificateProjection>>('pod-certificate', ({ signerName = '' }) => signerName),
    {
      id: 'pod-certificate-key-type-known',
      field: 'keyType',
      type: 'NotSupported',
      message: supportedValues([...keyTypes, ...latticeKeyTypes]),
      finds: ({ keyType = '' }, scope) => {
        const hasLattices = scope.has('PodCertificateMLDSA');
        if (keyTypes.includes(keyType) || (hasLattices && latticeKeyTypes.includes(keyType))) return;
        scope.report(keyType, undefined, hasLattices ? undefined : supportedValues(keyTypes));
      },
      examples: { bad: [{ keyType: 'RSA1024' }, { keyType: undefined }], good: [{ keyType: 'RSA3072' }] },
    },
    inRange({
      id: 'pod-certificate-lives-an-hour',
      field: 'maxExpirationSeconds',
      message: 'if provided, maxExpirationSeconds must be >= 3600',
      min: 3600,
      examples: { bad: [{ maxExpirationSeconds: 3599 }], good: [{ maxExpirationSeconds: 3600 }] },
    }),
    {
      id: 'pod-certificate-expires',
      field: 'maxExpirationSeconds',
      type: 'Invalid',
      message: 'if provided, maxExpirationSeconds must be <= 7862400 (86400 for a signer of kubernetes.io)',
      finds: ({ maxExpirationSeconds = 0, signerName = '' }, scope) => {
        const domain = signerName.split('/')[0] ?? '';
        const isKubernetes = domain === 'kubernetes.io' || domain.endsWith('.kubernetes.io');
        const longest = isKubernetes ? day : 91 * day;
        if (maxExpirationSeconds > longest) scope.report(maxExpirationSeconds, undefined, `if provided, maxExpirationSeconds must be <= ${longest}`);
      },
      examples: {
        bad: [{ maxExpirationSeconds: 91 * day + 1 }, { signerName: 'x.kubernetes.io/s', maxExpirationSeconds: day + 1 }],
        good: [{ maxExpirationSeconds: 91 * day }],
      },
    },
    {
      id: 'pod-certificate-has-a-path',
      field: '',
      type: 'Required',
      message: 'specify at least one of credentialBundlePath, keyPath, and certificateChainPath',
      finds: ({ credentialBundlePath = '', keyPath = '', certificateChainPath = '' }, scope) => {
        if (credentialBundlePath === '' && keyPath === '' && certificateChainPath === '') scope.report();
      },
      examples: { bad: [{ credentialBundlePath: '' }], good: [{ keyPath: 'k' }] },
    },
    ...(['credentialBundlePath', 'keyPath', 'certificateChainPath'] as const).map(certificatePath),
    {
      id: 'pod-certificate-annotation-key-given',
      field: 'userAnnotations',
      type: 'Required',
      message: '',
      finds: ({ userAnnotations = {} }, scope) => { if (Object.hasOwn(userAnnotations, '')) scope.report(); },
      examples: { bad: [{ userAnnotations: { '': 'x' } }], good: [{ userAnnotations: { 'example.com/a': '' } }] },
    },
    {
      id: 'pod-certificate-annotation-keys-well-formed',
      field: 'userAnnotations',
      type: 'Invalid',
      message: 'a key must be a domain-prefixed qualified name',
      finds: ({ userAnnotations = {} }, scope) => {
        for (const key of Object.keys(userAnnotations)) {
          const name = key.toLowerCase();
          const problems = checkQualifiedName(name);
          if (name === '') continue;
          if (problems.length > 0) scope.reportAll(problems, name);
          else if (!name.includes('/')) scope.report(name, undefined, 'must be a domain-prefixed key (such as "acme.io/foo")');
        }
      },
      examples: { bad: [{ userAnnotations: { a: 'x' } }, { userAnnotations: { 'a b/c': 'x' } }], good: [{ userAnnotations: { 'Example.com/A': 'x' } }] },
    },
    annotationsWithinLimit({
      id: 'pod-certificate-annotations-within-limit',
      field: 'userAnnotations',
      examples: { bad: [{ userAnnotations: { 'example.com/a': 'x'.repeat(262_144) } }], good: [{ userAnnotations: {} }] },
    }),
  ],
};

/** The groups about projected volumes. */
export const projectedRules = {
  volume: volumeGroup,
  source: sourceGroup,
  trustBundle: trustBundleGroup,
  podCertificate: podCertificateGroup,
};

/**
 * The name of a signer: a domain of at least two labels, a slash, and a path of dot-separated subdomains.
 *
 * @source pkg/apis/core/validation/validation.go ValidateSignerName (v1.37)
 */
function signerRules<Target>(name: string, signerOf: (target: Target) => string | undefined): Rule<Target>[] {
  const signer = (signerName: string) => ({ bad: [{ signerName }], good: [{ signerName: 'example.com/s' }] });
  const shared = { field: 'signerName', source: 'pkg/apis/core/validation/validation.go ValidateSignerName (v1.37)' };
  return [
    {
      ...shared,
      id: `${name}-signer-name-given`,
      type: 'Required',
      message: '',
      finds: (target, scope) => { if (signerOf(target) === '') scope.report(); },
      examples: signer(''),
    },
    {
      ...shared,
      id: `${name}-signer-name-well-formed`,
      type: 'Invalid',
      message: 'must be a fully qualified domain and path of the form \'example.com/signer-name\'',
      finds: (target, scope) => {
        for (const { value, problem } of checkSigner(signerOf(target))) {
          scope.report(value, undefined, problem);
        }
      },
      examples: { bad: [{ signerName: 'a/b/c' }, { signerName: 'Example/s' }, { signerName: 'example.com/' }], good: [{ signerName: 'example.com/s' }] },
    },
    {
      ...shared,
      id: `${name}-signer-domain-within-limit`,
      type: 'TooLong',
      message: 'may not be more than 253 bytes',
      finds: (target, scope) => { if (((signerOf(target) ?? '').split('/')[0] ?? '').length > 253 && isTwoParts(signerOf(target))) scope.report(); },
      examples: signer(`${'d.'.repeat(127)}e/s`),
    },
    {
      ...shared,
      id: `${name}-signer-name-within-limit`,
      type: 'TooLong',
      message: 'may not be more than 571 bytes',
      finds: (target, scope) => { if ((signerOf(target) ?? '').length > 571 && isTwoParts(signerOf(target))) scope.report(); },
      examples: signer(`example.com/${'s.'.repeat(280)}s`),
    },
  ];
}

function isTwoParts(signerName: string | undefined): boolean {
  return signerName?.split('/').length === 2;
}

function checkSigner(signerName: string | undefined): readonly { readonly value: string; readonly problem: string }[] {
  if (signerName === undefined || signerName === '') return [];
  const [domain = '', path = '', ...more] = signerName.split('/');
  if (!signerName.includes('/') || more.length > 0) {
    return [{ value: signerName, problem: 'must be a fully qualified domain and path of the form \'example.com/signer-name\'' }];
  }
  const problems: { value: string; problem: string }[] = [];
  const labels = domain.split('.');
  const badLabel = labels.find((label) => checkDnsLabel(label).length > 0);
  if (badLabel !== undefined) problems.push({ value: domain, problem: `validating label "${badLabel}": ${checkDnsLabel(badLabel).join('; ')}` });
  if (labels.length < 2) problems.push({ value: domain, problem: 'should be a domain with at least two segments separated by dots' });
  const badPart = path.split('.').find((part) => checkDnsSubdomain(part).length > 0);
  if (badPart !== undefined) problems.push({ value: path, problem: `validating label "${badPart}": ${checkDnsSubdomain(badPart).join('; ')}` });
  return problems;
}

/**
 * What is wrong with the name of a trust bundle. Up to the last colon it is that of a signer, with a colon for the slash.
 *
 * @source pkg/apis/core/validation/names.go ValidateClusterTrustBundleName (v1.37)
 */
function checkTrustBundleName(name: string): readonly string[] {
  const end = name.lastIndexOf(':');
  if (end === 0) return ['ClusterTrustBundle without signer name must not have ":" in its name'];
  const signer = name.slice(0, Math.max(end, 0));
  if (!signer.includes('/')) return checkDnsSubdomain(name.slice(end + 1));
  const [path, prefix] = [signer.replaceAll(':', '/'), `${signer.replaceAll('/', ':')}:`];
  return [`ClusterTrustBundle for signerName ${path} must be named with prefix ${prefix}`];
}

function certificatePath(field: 'credentialBundlePath' | 'keyPath' | 'certificateChainPath'): Rule<Decoded<PodCertificateProjection>> {
  return wellNamed({
    id: `pod-certificate-${kebab(field)}-stays-inside`,
    field,
    as: volumePath,
    examples: { bad: [{ [field]: '/x' }, { [field]: '..x' }], good: [{ [field]: 'x' }] },
  });
}

/** Without the feature gate, the first kind in a source loses its `user`; those of others, which may not be there, are still checked. */
function userRule(): Rule<Source> {
  return {
    id: 'projected-user-in-range',
    field: '*.user',
    type: 'Invalid',
    message: 'must be between 0 and 2147483647, inclusive',
    since: 37,
    finds: (projection, scope) => {
      const kinds = projectedKinds.filter((name) => projection[name] !== undefined);
      const isKept = scope.has('AtomicWriteVolumeUserFields');
      for (const kind of isKept ? kinds : kinds.slice(1)) {
        const isOfKeys = kind === 'secret' || kind === 'configMap';
        // The items of these have a rule of their own where they are kept.
        if (isOfKeys && isKept) continue;
        const users = isOfKeys
          ? (projection[kind]?.items ?? []).map(({ user }, position) => ({ user, at: scope.at.child(kind, 'items').index(position) }))
          : kind === 'downwardAPI'
            ? (projection.downwardAPI?.items ?? []).map(({ user }) => ({ user, at: scope.at.child(kind) }))
            : [{ user: projection[kind]?.user, at: scope.at.child(kind) }];
        for (const { user, at } of users) if (user !== undefined && (user < 0 || user > 2_147_483_647)) scope.report(user, at.child('user'));
      }
    },
    examples: {
      bad: [{ secret: { name: 's' }, configMap: { name: 'c', items: [{ key: 'k', path: 'p', user: -1 }] } }],
      good: [{ configMap: { name: 'c', items: [{ key: 'k', path: 'p', user: -1 }] } }],
    },
  };
}

function pathsOf(
  { secret, configMap, downwardAPI, clusterTrustBundle, podCertificate }: Source,
): readonly { readonly path: string; readonly shown: string }[] {
  const paths: { path: string; shown: string }[] = [];
  for (const { path = '' } of secret?.items ?? []) if (path !== '') paths.push({ path, shown: secret?.name ?? '' });
  for (const { path = '' } of configMap?.items ?? []) if (path !== '') paths.push({ path, shown: configMap?.name ?? '' });
  for (const { path = '' } of downwardAPI?.items ?? []) if (path !== '') paths.push({ path, shown: path });
  if (clusterTrustBundle !== undefined) paths.push({ path: clusterTrustBundle.path ?? '', shown: clusterTrustBundle.path ?? '' });
  for (const path of [podCertificate?.credentialBundlePath, podCertificate?.keyPath, podCertificate?.certificateChainPath]) {
    if (path !== undefined && path !== '') paths.push({ path, shown: path });
  }
  return paths;
}

function inSource(projection: object): object {
  return inVolume({ projected: { sources: [projection] } });
}
