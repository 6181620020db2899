import { namesPods, type PrefixMode } from '../../src/cli/prefix-mode';
import type { KubernetesObject } from '../../src/spec/cluster-port';

function job(spec: object = {}, pod: object = {}, more: object = {}): KubernetesObject {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main' }], ...pod } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'demo' }, spec: { ...spec, template }, ...more };
}

const inCluster = { metadata: { name: 'demo', uid: 'u' } };

test.each<[string, readonly KubernetesObject[], boolean]>([
  ['one pod', [job()], false],
  ['one pod and what it needs', [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }, job()], false],
  ['one pod whose container is started again', [job({ backoffLimit: 3 }, { restartPolicy: 'OnFailure' })], false],
  ['one pod without retries', [job({ backoffLimit: 0 })], false],
  ['new pods for those that fail', [job({ backoffLimit: 3 })], true],
  ['pods side by side', [job({ parallelism: 2 })], true],
  ['pods one after the other', [job({ completions: 2 })], true],
  ['several containers', [job({}, { containers: [{ name: 'a' }, { name: 'b' }] })], true],
  ['a container before the main one', [job({}, { initContainers: [{ name: 'a' }] })], true],
  ['several Jobs', [job(), job()], true],
  ['the Job of a CronJob', [{ apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: { spec: { completions: 2 } } } }], true],
  ['a Job of a cluster, which has the default number of retries', [job({ backoffLimit: 6 }, {}, inCluster)], false],
  ['a Job of a cluster that has tried twice', [job({ backoffLimit: 6 }, {}, { ...inCluster, status: { failed: 1, active: 1 } })], true],
])('in a pipe, %s', (_, jobs, isNamed) => {
  expect(namesPods('auto', { isTerminal: false }, jobs)).toBe(isNamed);
  expect(namesPods('auto', { isTerminal: true }, jobs)).toBe(true);
  expect((['always', 'never'] as const satisfies readonly PrefixMode[]).map((mode) => namesPods(mode, { isTerminal: false }, jobs))).toEqual([true, false]);
});
