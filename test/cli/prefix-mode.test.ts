import { type NamedPods, namedPods } from '../../src/cli/run/prefix-mode';
import type { KubernetesObject } from '../../src/port/cluster-port';

function job(spec: object = {}, pod: object = {}): KubernetesObject {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main' }], ...pod } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'demo' }, spec: { ...spec, template } };
}

test.each<[string, readonly KubernetesObject[], NamedPods]>([
  ['one pod', [job()], 'others'],
  ['one pod and what it needs', [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }, job()], 'others'],
  ['one pod, and others in its place when it fails', [job({ backoffLimit: 3 })], 'others'],
  ['pods side by side', [job({ parallelism: 2 })], 'all'],
  ['pods one after the other', [job({ completions: 2 })], 'all'],
  ['several containers', [job({}, { containers: [{ name: 'a' }, { name: 'b' }] })], 'all'],
  ['a container before the main one', [job({}, { initContainers: [{ name: 'a' }] })], 'all'],
  ['several Jobs', [job(), job()], 'all'],
  ['a Job of which its name alone is known', [{ kind: 'Job', metadata: { name: 'demo' } }], 'others'],
  ['the Job of a CronJob', [{ apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: { spec: { completions: 2 } } } }], 'all'],
])('in a pipe, %s', (_, jobs, named) => {
  expect(namedPods('auto', { isTerminal: false }, jobs)).toBe(named);
  expect(namedPods('auto', { isTerminal: true }, jobs)).toBe('all');
  expect((['always', 'never'] as const).map((mode) => namedPods(mode, { isTerminal: false }, jobs))).toEqual(['all', 'none']);
});
