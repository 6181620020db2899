import type { CheckedLabelName } from './checked-name';
import type {
  ConfigMapVolumeSource, EmptyDirVolumeSource, PersistentVolumeClaimSpec, PersistentVolumeClaimTemplate, PersistentVolumeClaimVolumeSource,
  PodCertificateProjection, ProjectedVolumeSource, SecretVolumeSource, ServiceAccountTokenProjection, Volume, VolumeProjection,
} from '../kubernetes';
import type { OneOf } from './one-of';
import type { NamedConstruct, SecondsProps, SizeObject } from './plus-props';
import type { ResourceAmounts } from './quantity-props';
import type { otherRefusals } from './refusals';

/** A volume that the pod's containers can mount: a name and one source. A Volume of cdk8s-plus has a name, and fits. */
export type VolumeProps<Name extends string = string, Amount = string> = {
  /**
   * The name that `volumeMounts` refer to.
   *
   * Shape: a-z, 0-9 and `-`, at most 63 characters.
   */
  readonly name: CheckedLabelName<Name>;
  /** A directory that is empty at first and goes away with the pod. */
  readonly emptyDir?: SizeLimit<Amount>;
} & VolumeSourceProps;

/** Where the content of a volume comes from: one source; without one it is an empty directory. */
type VolumeSourceProps = OneOf<VolumeSources, typeof otherRefusals.oneVolumeSource>;

/** Every source of a volume, by the name of its field. */
interface VolumeSources extends Required<Omit<Volume, 'name' | 'emptyDir' | 'ephemeral' | 'configMap' | 'secret' | 'persistentVolumeClaim' | 'projected'>> {
  /** A directory that is empty at first and goes away with the pod. */
  readonly emptyDir: EmptyDirVolumeProps;
  /** A disk that is claimed for each pod and goes away with it. */
  readonly ephemeral: EphemeralVolumeProps;
  /** Files from the keys of a config map. */
  readonly configMap: ConfigMapVolumeProps | NamedConstruct;
  /** Files from the keys of a secret. */
  readonly secret: SecretVolumeProps | NamedConstruct;
  /** A disk that somebody has claimed. */
  readonly persistentVolumeClaim: ClaimVolumeProps | NamedConstruct;
  /** Files from several sources in one directory. */
  readonly projected: ProjectedVolumeProps;
}

/** Files from several sources in one directory. */
interface ProjectedVolumeProps extends Omit<ProjectedVolumeSource, 'sources'> {
  /** Where the files come from; each entry has one source. */
  readonly sources?: readonly ProjectionProps[];
}

/** One source of a projected volume. */
interface ProjectionProps extends Omit<VolumeProjection, 'podCertificate' | 'serviceAccountToken'> {
  /** A token of the pod's service account. */
  readonly serviceAccountToken?: TokenProps;
  /** A certificate for the pod, which the kubelet asks for and renews. Since 1.34. */
  readonly podCertificate?: CertificateProps;
}

/** A token of the pod's service account. */
interface TokenProps extends Omit<ServiceAccountTokenProjection, 'expirationSeconds'> {
  /** How long the token is good; the kubelet renews it before. Unit: seconds, 600 or more. @default 3600 */
  readonly expirationSeconds?: SecondsProps;
}

/** A certificate for the pod. */
interface CertificateProps extends Omit<PodCertificateProjection, 'maxExpirationSeconds'> {
  /** How long the certificate may be good at most. Unit: seconds, 3600 to 7862400. @default 86400 */
  readonly maxExpirationSeconds?: SecondsProps;
}

/** Files from the keys of a config map. */
export interface ConfigMapVolumeProps extends Omit<ConfigMapVolumeSource, 'name'> {
  /** The config map, by name or as an object of cdk8s-plus. */
  readonly name: string | NamedConstruct;
}

/** Files from the keys of a secret. */
export interface SecretVolumeProps extends Omit<SecretVolumeSource, 'secretName'> {
  /** The secret, by name or as an object of cdk8s-plus. */
  readonly secretName: string | NamedConstruct;
}

/** A disk that somebody has claimed. */
export interface ClaimVolumeProps extends Omit<PersistentVolumeClaimVolumeSource, 'claimName'> {
  /** The claim, by name or as an object of cdk8s-plus. */
  readonly claimName: string | NamedConstruct;
}

/** A directory that is empty at first and goes away with the pod. */
export interface EmptyDirVolumeProps extends Omit<EmptyDirVolumeSource, 'sizeLimit'>, SizeLimit {}

/** How large an empty directory may become. It stands apart: the literal is checked, and the kinds of volume are compared once. */
interface SizeLimit<Amount = string> {
  /** How much it may hold, as `'1Gi'`; the pod is evicted when it holds more. @default - no limit of its own */
  readonly sizeLimit?: number | Amount | SizeObject;
}

/** A disk that is claimed for each pod and goes away with it. */
interface EphemeralVolumeProps {
  /** What to claim. */
  readonly volumeClaimTemplate?: ClaimTemplateProps;
}

/** What a pod claims for itself. */
interface ClaimTemplateProps extends Omit<PersistentVolumeClaimTemplate, 'spec'> {
  /** The disk that is wanted. */
  readonly spec: ClaimSpecProps;
}

/** The disk that a pod claims. */
interface ClaimSpecProps extends Omit<PersistentVolumeClaimSpec, 'resources'> {
  /** How large the disk is: `requests.storage`. */
  readonly resources?: ClaimResources;
}

/** How large a claimed disk is. */
interface ClaimResources {
  /** How large it may be at most. */
  readonly limits?: ResourceAmounts;
  /** How large it must be, as `storage`. */
  readonly requests?: ResourceAmounts;
}
