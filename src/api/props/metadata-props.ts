import type { OwnerReference } from '../kubernetes';
import type { GeneratedLabel } from '../labels';
import type { otherRefusals } from './refusals';
import type { Forbidden } from '../../core/messages';

/** Labels or annotations: text by key. */
type TextMap = Readonly<Record<string, string>>;

/** Who a Job is: name, namespace, labels and annotations. `Name` is the type of the name, already checked. */
export interface MetadataProps<Name = string> extends NamelessMetadata {
  /**
   * The name, unique for its kind in the namespace.
   *
   * Shape: letters a-z, digits, `-` and `.`; at most 63 characters for a Job, 52 for a CronJob.
   * @default - made from the construct's path, with a short hash
   */
  readonly name?: Name;
}

/** What metadata holds beside the name. It stands apart: the compiler makes it once, and not for every name. */
interface NamelessMetadata {
  /**
   * A prefix to which the API server adds five characters; for `kubectl create`, since `kubectl apply` needs a name.
   *
   * No name is written when this is given without one.
   */
  readonly generateName?: string;
  /** The namespace. @default - the chart's, else the one that kubectl is set to */
  readonly namespace?: string;
  /** Labels to select by. Keys as `app` or `example.com/app`, values at most 63 characters; the chart's labels are added. */
  readonly labels?: TextMap;
  /** Annotations: free texts for people and tools, 256 KiB in all. */
  readonly annotations?: TextMap;
  /** Names of those who must act before the object can go away, as `example.com/cleanup`. */
  readonly finalizers?: readonly string[];
  /** Objects that take this one along when they are deleted. */
  readonly ownerReferences?: readonly OwnerReference[];
  /** Never written by hand. */
  readonly uid?: Forbidden<typeof otherRefusals.serverSet>;
  /** Never written by hand. */
  readonly resourceVersion?: Forbidden<typeof otherRefusals.serverSet>;
  /** Never written by hand. */
  readonly creationTimestamp?: Forbidden<typeof otherRefusals.serverSet>;
  /** Never written by hand. */
  readonly managedFields?: Forbidden<typeof otherRefusals.serverSet>;
}

/** Label keys that are generated for the pods of a Job, and never written by hand. As texts, they do not keep labels from being spread. */
interface ReservedLabels extends Readonly<Partial<Record<GeneratedLabel, string & Forbidden<typeof otherRefusals.reservedLabel>>>> {}

/** What every pod of a Job carries. */
export interface PodMetadataProps {
  /** Labels of the pods; those of the Job controller are added. A Job without labels of its own gets these too. */
  readonly labels?: TextMap & ReservedLabels;
  /** Annotations of the pods. */
  readonly annotations?: TextMap;
  /** Finalizers of the pods. */
  readonly finalizers?: readonly string[];
}

/** What every Job of a schedule carries. */
export interface JobMetadataProps {
  /** Labels of the Jobs. */
  readonly labels?: TextMap;
  /** Annotations of the Jobs. */
  readonly annotations?: TextMap;
  /** Finalizers of the Jobs. */
  readonly finalizers?: readonly string[];
}
