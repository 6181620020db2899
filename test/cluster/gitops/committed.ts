import { ApiObject, App, Chart } from 'cdk8s';
import type { Files } from './tool';
import { type GitOps, NonParallelJob } from '../../../src';

/** A Job and what is beside it, at one commit. */
export interface Committed {
  /** Whether its name has a hash of its content. */
  readonly hashName?: boolean;
  /** What the tool shall do with it. */
  readonly gitops?: GitOps;
  readonly command: string;
  readonly backoffLimit?: number;
  readonly ttlSecondsAfterFinished?: number;
  readonly suspend?: boolean;
  /** What is annotated by hand. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The folders of the Job and of the rest. @default - both in one file */
  readonly folders?: { readonly job: string; readonly rest: string };
  /** The value in the ConfigMap beside it. */
  readonly setting?: string;
}

/** The files of a commit, as an app of this package writes them. */
export function filesOf(committed: Committed): Files {
  const { folders } = committed;
  if (folders !== undefined) return { [`${folders.job}/job.yaml`]: jobOf(committed), [`${folders.rest}/rest.yaml`]: restOf(committed) };
  return { 'app.yaml': `${jobOf(committed)}---\n${restOf(committed)}` };
}

function jobOf({ hashName = false, gitops, command, backoffLimit = 0, ttlSecondsAfterFinished, suspend, annotations }: Committed): string {
  return yaml((chart) => new NonParallelJob(chart, 'work', {
    metadata: { name: 'work', ...(annotations === undefined ? {} : { annotations }) },
    ...(suspend === undefined ? {} : { suspend }),
    ...(hashName ? { rerun: 'on-change' } : {}),
    ...(gitops === undefined ? {} : { gitops }),
    backoffLimit,
    ...(ttlSecondsAfterFinished === undefined ? {} : { ttlSecondsAfterFinished }),
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 1,
    containers: [{ name: 'main', image: 'busybox:1.36', imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', command] }],
  }));
}

function restOf({ setting = 'first' }: Committed): string {
  return yaml((chart) => new ApiObject(chart, 'rest', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'rest' }, data: { setting } }));
}

function yaml(fill: (chart: Chart) => unknown): string {
  const app = new App();
  fill(new Chart(app, 'app'));
  return app.synthYaml();
}
