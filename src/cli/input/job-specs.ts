import { kindMeantBy } from '../../api/kinds';
import { asObject, valueAt } from '../../core/json';
import type { KubernetesObject } from '../../port/cluster-port';

/** The part of a container that a command line is concerned with. */
interface ContainerPart {
  readonly name?: string;
  readonly image?: string;
  readonly command?: readonly string[];
}

/** The part of a Job's spec that a command line is concerned with; nothing in it was checked. */
export interface JobSpecPart {
  readonly parallelism?: number;
  readonly completions?: number;
  readonly backoffLimit?: number;
  readonly template?: {
    readonly spec?: {
      readonly restartPolicy?: string;
      readonly containers?: readonly ContainerPart[];
      readonly initContainers?: readonly ContainerPart[];
    };
  };
}

/** The spec of a Job, or of the Jobs that a CronJob makes; undefined for anything else. */
export function jobSpecOf(object: KubernetesObject): JobSpecPart | undefined {
  const kind = kindMeantBy(object);
  return kind === undefined ? undefined : asObject(valueAt(object, kind.jobSpec));
}

/** All containers of its pods, init containers included. */
export function templateContainers({ template }: JobSpecPart): readonly ContainerPart[] {
  const { containers = [], initContainers = [] } = template?.spec ?? {};
  return [initContainers, containers].flatMap((list) => (Array.isArray(list) ? list as ContainerPart[] : []));
}
