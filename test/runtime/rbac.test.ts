import { commands } from '../../src/cli/commands';
import { clusterCommands, type PolicyRule, rightsByCommand, rightsFor, roleFor, rulesOf } from '../../src/runtime/doctor/rbac';

test.each<[string, readonly string[], readonly PolicyRule[]]>([
  ['run may apply Jobs, follow what becomes of them, and read logs', ['run'], [
    { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'list', 'watch', 'create', 'patch'] },
    { apiGroups: [''], resources: ['pods', 'events'], verbs: ['list', 'watch'] },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  ]],
  ['suspend may read and patch Jobs and CronJobs, and nothing else', ['suspend'], [{ apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], verbs: ['get', 'patch'] }]],
  ['two commands with the same rights are one', ['suspend', 'resume', 'suspend'], [{ apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], verbs: ['get', 'patch'] }]],
  ['verbs of several commands come in one order', ['delete', 'trigger'], [
    { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'list', 'create', 'delete'] },
    { apiGroups: ['batch'], resources: ['cronjobs'], verbs: ['get', 'list', 'delete'] },
  ]],
  ['trigger reads the CronJob and makes a Job', ['trigger'], [
    { apiGroups: ['batch'], resources: ['cronjobs'], verbs: ['get'] },
    { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create'] },
  ]],
  ['no command needs no right', [], []],
])('%s', (_, words, rules) => {
  expect(rulesOf(rightsFor(words))).toEqual(rules);
});

test('for queues the Workloads of Kueue are read, and changed only to suspend and resume; all of it may be left out', () => {
  const ofQueues = (...words: readonly string[]): unknown => rightsFor(words, { queues: true }).filter(({ group }) => group === 'kueue.x-k8s.io');
  expect(ofQueues('run')).toMatchObject([{ resource: 'workloads', verb: 'list', loss: expect.any(String) }, { resource: 'workloads', verb: 'watch', loss: expect.any(String) }]);
  expect(ofQueues('suspend', 'resume')).toMatchObject([{ verb: 'list', loss: expect.any(String) }, { verb: 'patch', loss: expect.any(String) }]);
  expect(ofQueues('delete', 'logs', 'get')).toEqual([]);
});

test('what one command cannot do without stays needed beside one that can', () => {
  const lossOf = (words: readonly string[]): unknown => rightsFor(words).find(({ resource, verb }) => resource === 'pods' && verb === 'list')?.loss;
  expect(lossOf(['run'])).toEqual(expect.any(String));
  expect(lossOf(['run', 'logs'])).toBeUndefined();
  expect(lossOf(['logs', 'run'])).toBeUndefined();
});

test('the rules of all commands together give each right once and none that is not asked for', () => {
  const rights = rightsFor(clusterCommands);
  const given = rulesOf(rights).flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => `${group}/${resource}/${verb}`))));
  expect([...given].sort()).toEqual(rights.map(({ group, resource, verb }) => `${group}/${resource}/${verb}`).sort());
  expect(new Set(given).size).toBe(given.length);
});

test('every command of the table is one of the command line', () => {
  const names = commands.map(({ name }) => name);
  expect(clusterCommands.filter((command) => !names.includes(command))).toEqual([]);
});

test('every command of the group "run" is in the table', () => {
  const missing = commands.filter(({ group, name }) => group === 'run' && rightsByCommand[name] === undefined && name !== 'serve');
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test.each<[string, string | undefined, object | undefined]>([
  ['no service account gives no binding', undefined, undefined],
  ['a service account of the namespace', 'ci', { kind: 'ServiceAccount', name: 'ci', namespace: 'media' }],
  ['a service account of another namespace', 'tools:ci', { kind: 'ServiceAccount', name: 'ci', namespace: 'tools' }],
])('%s', (_, serviceAccount, subject) => {
  const [role, binding] = roleFor(['run'], { namespace: 'media', name: 'runner', ...(serviceAccount === undefined ? {} : { serviceAccount }) });
  expect(role).toMatchObject({ kind: 'Role', metadata: { name: 'runner', namespace: 'media' } });
  if (subject === undefined) {
    expect(binding).toBeUndefined();
  } else {
    expect(binding).toMatchObject({ kind: 'RoleBinding', metadata: { name: 'runner', namespace: 'media' }, roleRef: { kind: 'Role', name: 'runner' }, subjects: [subject] });
  }
});
