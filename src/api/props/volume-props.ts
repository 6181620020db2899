import type { Checked } from './checked-fields';
import type {
  AzureDiskVolumeSource, ConfigMapVolumeSourceRest, EmptyDirVolumeSourceRest, HostPathVolumeSource, ImageVolumeSource,
  PersistentVolumeClaimSpecRest, PersistentVolumeClaimTemplateRest, PersistentVolumeClaimVolumeSourceRest, PodCertificateProjectionRest,
  ProjectedVolumeSourceRest, SecretVolumeSourceRest, ServiceAccountTokenProjectionRest, VolumeProjectionRest, VolumeRest,
} from '../kubernetes';
import type { Alternatives, OnlyOne } from './one-of';
import type { NamedConstruct, SecondsProps, SizeObject } from './plus-props';
import type { ResourceAmounts } from './quantity-props';
import type { otherRefusals } from './refusals';
import type { OtherWord } from './word-props';

/** A volume that the pod's containers can mount: a name and one source. A Volume of cdk8s-plus has a name, and fits. */
export type VolumeProps<Name = string, Amount = string, Word extends string = never> = {
  /**
   * The name that `volumeMounts` refer to.
   *
   * Shape: a-z, 0-9 and `-`, at most 63 characters.
   */
  readonly name: Name;
  /** A directory that is empty at first and goes away with the pod. */
  readonly emptyDir?: SizeLimit<Amount>;
} & VolumeSourceProps<Word>;

/** Where the content of a volume comes from: one source; without one it is an empty directory. */
type VolumeSourceProps<Word extends string> =
  | Alternatives<VolumeSources<string>, typeof otherRefusals.oneVolumeSource, keyof PlainSources>
  | Alternatives<VolumeSources<Word>, typeof otherRefusals.oneVolumeSource, WithWords>
  | OnlyOne<VolumeSources<Word>, typeof otherRefusals.oneVolumeSource>;

/** The sources with words in them. They stand apart: their literals are checked, and the other kinds of volume are compared once. */
type WithWords = 'azureDisk' | 'ephemeral' | 'hostPath' | 'image';

/** Every source of a volume, by the name of its field. */
interface VolumeSources<Word extends string> extends PlainSources {
  /** A disk of Azure. */
  readonly azureDisk: Checked<AzureDiskVolumeSource, Word, number>;
  /** A file or directory of the node. */
  readonly hostPath: Checked<HostPathVolumeSource, Word, number>;
  /** The files of an image. */
  readonly image: Checked<ImageVolumeSource, Word, number>;
  /** A disk that is claimed for each pod and goes away with it. */
  readonly ephemeral: EphemeralVolumeProps<Word>;
}

/** The sources without words in them. */
interface PlainSources extends Required<VolumeRest> {
  /** A directory that is empty at first and goes away with the pod. */
  readonly emptyDir: EmptyDirVolumeProps;
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
interface ProjectedVolumeProps extends ProjectedVolumeSourceRest {
  /** Where the files come from; each entry has one source. */
  readonly sources?: readonly ProjectionProps[];
}

/** One source of a projected volume. */
interface ProjectionProps extends VolumeProjectionRest {
  /** A token of the pod's service account. */
  readonly serviceAccountToken?: TokenProps;
  /** A certificate for the pod, which the kubelet asks for and renews. Since 1.34. */
  readonly podCertificate?: CertificateProps;
}

/** A token of the pod's service account. */
interface TokenProps extends ServiceAccountTokenProjectionRest {
  /** How long the token is good; the kubelet renews it before. Unit: seconds, 600 or more. @default 3600 */
  readonly expirationSeconds?: SecondsProps;
}

/** A certificate for the pod. */
interface CertificateProps extends PodCertificateProjectionRest {
  /** How long the certificate may be good at most. Unit: seconds, 3600 to 7862400. @default 86400 */
  readonly maxExpirationSeconds?: SecondsProps;
}

/** Files from the keys of a config map. */
export interface ConfigMapVolumeProps extends ConfigMapVolumeSourceRest {
  /** The config map, by name or as an object of cdk8s-plus. */
  readonly name: string | NamedConstruct;
}

/** Files from the keys of a secret. */
export interface SecretVolumeProps extends SecretVolumeSourceRest {
  /** The secret, by name or as an object of cdk8s-plus. */
  readonly secretName: string | NamedConstruct;
}

/** A disk that somebody has claimed. */
export interface ClaimVolumeProps extends PersistentVolumeClaimVolumeSourceRest {
  /** The claim, by name or as an object of cdk8s-plus. */
  readonly claimName: string | NamedConstruct;
}

/** A directory that is empty at first and goes away with the pod. */
export interface EmptyDirVolumeProps extends EmptyDirVolumeSourceRest, SizeLimit {}

/** How large an empty directory may become. It stands apart: the literal is checked, and the kinds of volume are compared once. */
interface SizeLimit<Amount = string> {
  /** How much it may hold, as `'1Gi'`; the pod is evicted when it holds more. @default - no limit of its own */
  readonly sizeLimit?: number | Amount | SizeObject;
}

/** A disk that is claimed for each pod and goes away with it. */
interface EphemeralVolumeProps<Word extends string> {
  /** What to claim. */
  readonly volumeClaimTemplate?: ClaimTemplateProps<Word>;
}

/** What a pod claims for itself. */
interface ClaimTemplateProps<Word extends string> extends PersistentVolumeClaimTemplateRest {
  /** The disk that is wanted. */
  readonly spec: ClaimSpecProps<Word>;
}

/** The disk that a pod claims. */
interface ClaimSpecProps<Word extends string> extends PersistentVolumeClaimSpecRest {
  /** Whether it holds files or is a raw device. @default 'Filesystem' */
  readonly volumeMode?: 'Block' | 'Filesystem' | OtherWord<Word>;
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
