/** Objects as the API server would store them, as short as tests can be. */
import type { KubernetesObject } from '../../src/port/cluster-port';

export function jobManifest(name: string, spec: object = {}): KubernetesObject {
  const template = { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 2, containers: [{ name: 'main', image: 'busybox', command: ['true'] }] } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { completions: 1, parallelism: 1, template, ...spec } };
}

export function withCondition(job: KubernetesObject, type: string, reason = '', message = ''): KubernetesObject {
  const counts = type === 'Complete' ? { succeeded: 1 } : { failed: 1 };
  const condition = { type, status: 'True', reason, message, lastTransitionTime: '2026-11-24T00:00:05Z' };
  return { ...job, status: { startTime: '2026-11-24T00:00:00Z', ...counts, conditions: [condition] } };
}

export function podOf(job: KubernetesObject, name: string, status: object = {}): KubernetesObject {
  const { uid = '', name: owner = '', namespace } = job.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { 'batch.kubernetes.io/job-name': owner, 'batch.kubernetes.io/controller-uid': uid },
      ownerReferences: [{ kind: 'Job', name: owner, uid, controller: true }],
    },
    spec: { containers: [{ name: 'main' }] },
    status,
  };
}

export function container(state: object, { restartCount = 0, lastState = {}, name = 'main' }: { restartCount?: number; lastState?: object; name?: string } = {}): object {
  return { name, restartCount, containerID: `containerd://${name}-${restartCount}`, state, lastState };
}

export const running = { running: { startedAt: '2026-11-24T00:00:01Z' } };

export function terminated(exitCode: number, run = 0, name = 'main'): object {
  const reason = exitCode === 0 ? 'Completed' : 'Error';
  return { terminated: { exitCode, reason, containerID: `containerd://${name}-${run}`, startedAt: '2026-11-24T00:00:01Z', finishedAt: '2026-11-24T00:00:02Z' } };
}
