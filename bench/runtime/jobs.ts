import type { KubeApi } from '../../test/cluster/kube-api';

/** A Job that the Job controller leaves alone, so that its status is ours to write. */
export function idleJob(name: string, label: string): object {
  const containers = [{ name: 'main', image: 'busybox:1.36', command: ['true'] }];
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels: { bench: label } },
    spec: { managedBy: 'example.com/bench', template: { spec: { restartPolicy: 'Never', containers } } },
  };
}

/** Makes so many Jobs and returns their names, in order. */
export async function createJobs(api: KubeApi, namespace: string, label: string, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `${label}-${String(index).padStart(4, '0')}`);
  const left = [...names];
  const create = async (): Promise<void> => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      await api.mustRequest('POST', `/apis/batch/v1/namespaces/${namespace}/jobs`, idleJob(name, label));
    }
  };
  await Promise.all(Array.from({ length: 16 }, create));
  return names;
}

/** Writes into a Job's status that it is complete; returns when the write was sent and when it was answered. */
export async function completeJob(api: KubeApi, namespace: string, name: string): Promise<{ sent: number; answered: number }> {
  const time = new Date().toISOString().replace(/\.\d+/, '');
  const condition = (type: string): object => ({
    type, status: 'True', reason: 'CompletionsReached', message: 'as many as were wanted', lastTransitionTime: time, lastProbeTime: time,
  });
  const conditions = [condition('SuccessCriteriaMet'), condition('Complete')];
  const status = { startTime: time, completionTime: time, succeeded: 1, conditions };
  const sent = performance.now();
  await api.mustRequest('PATCH', `/apis/batch/v1/namespaces/${namespace}/jobs/${name}/status`, { status }, {
    'content-type': 'application/merge-patch+json',
  });
  return { sent, answered: performance.now() };
}
