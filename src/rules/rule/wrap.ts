/** The smallest Job that is accepted, with changes to its spec. */
export function inJob(spec: object): object {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'demo' }, spec: { template: { spec: minimalPod }, ...spec } };
}

/** The smallest Job, with changes to its metadata. */
export function inMetadata(metadata: object): object {
  return { ...inJob({}), metadata: { name: 'demo', ...metadata } };
}

/** The smallest CronJob, with changes to its spec. */
export function inCronJob(spec: object): object {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'demo' },
    spec: { schedule: '*/5 * * * *', jobTemplate: { spec: { template: { spec: minimalPod } } }, ...spec },
  };
}

/** The smallest Job, with changes to its pod's spec. */
export function inPod(pod: object): object {
  return inJob({ template: { spec: { ...minimalPod, ...pod } } });
}

/** The smallest Job, with changes to its container. */
export function inContainer(container: object): object {
  return inPod({ containers: [{ ...minimalContainer, ...container }] });
}

/** The smallest Job, with one volume named `data`. */
export function inVolume(volume: object): object {
  return inPod({ volumes: [{ name: 'data', ...volume }] });
}

/** A container that is accepted. */
export const minimalContainer = { name: 'main', image: 'busybox' };

/** The spec of a pod that is accepted in a Job. */
export const minimalPod = { restartPolicy: 'Never', containers: [minimalContainer] };
