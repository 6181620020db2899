import { load, loadAll } from 'js-yaml';
import { runMain } from '../run-main';

test('without a command the Role is that of run, and what may be left out is said', async () => {
  const { status, stdout, stderr } = await runMain(['rbac']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    '# What these commands of cdk8s-jobs need: run.',
    '# Not required: get of jobs; without it "unchanged" and "configured" look the same, and no Job is handed the outputs of another.',
  ]);
  expect(load(stdout)).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'cdk8s-jobs', namespace: 'default' },
    rules: [
      { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'list', 'watch', 'create', 'patch'] },
      { apiGroups: [''], resources: ['pods', 'events'], verbs: ['list', 'watch'] },
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
    ],
  });
});

test('a service account gets its binding in a second document', async () => {
  const { status, stdout } = await runMain(['rbac', 'suspend', 'resume', '-n', 'media', '--name', 'pausers', '--service-account', 'ci']);
  expect(status).toBe(0);
  expect(loadAll(stdout)).toEqual([
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'pausers', namespace: 'media' },
      rules: [{ apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], verbs: ['get', 'patch'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'pausers', namespace: 'media' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'pausers' },
      subjects: [{ kind: 'ServiceAccount', name: 'ci', namespace: 'media' }],
    },
  ]);
});

test('a command that is named twice counts once', async () => {
  const [twice, once] = [await runMain(['rbac', 'run', 'wait', 'run']), await runMain(['rbac', 'run', 'wait'])];
  expect(twice).toEqual(once);
});

test('a role may have any name that fits into a path', async () => {
  expect((await runMain(['rbac', '--name', 'system:job_runner'])).status).toBe(0);
});

test.each([
  ['a mistyped command', ['wiat'], 'Cannot print a Role for "wiat"', 'did you mean wait?'],
  ['a command that asks no cluster', ['simulate'], 'Cannot print a Role for "simulate"', 'one of run, wait, logs'],
  ['an empty namespace', ['-n', ''], 'Cannot use --namespace ""', ''],
  ['a namespace in capitals', ['-n', 'Media'], 'Cannot use --namespace "Media": a lowercase RFC 1123 label must consist of', ''],
  ['a name that is no part of a path', ['--name', 'a/b%'], 'Cannot use --name "a/b%": may not contain \'/\'; may not contain \'%\'', ''],
  ['a service account with an underscore', ['--service-account', 'ci_bot'], 'Cannot use --service-account "ci_bot": a lowercase RFC 1123 subdomain must', ''],
  ['a service account of a namespace with a dot', ['--service-account', 'a.b:ci'], 'Cannot use --service-account "a.b:ci": "a.b": must not contain dots', ''],
  ['a service account with two colons', ['--service-account', 'a:b:c'], 'Cannot use --service-account "a:b:c": "b:c": a lowercase RFC 1123 subdomain', ''],
  ['half a service account', ['--service-account', 'tools:'], 'Cannot use --service-account "tools:"', ''],
])('%s is refused', async (_, words, message, hint) => {
  const { status, stdout, stderr } = await runMain(['rbac', ...words]);
  expect({ status, stdout }).toEqual({ status: 125, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
});
