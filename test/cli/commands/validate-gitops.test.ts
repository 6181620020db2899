import { runMain } from '../run-main';
import { makeFolder, type TemporaryFolder } from '../temporary-folder';

function job(name: string, metadata: string, spec = '', indent = ''): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
${metadata}spec:
${spec}  template:
    spec:
      restartPolicy: Never
      containers:
      - name: c
        image: example/image:1
`.trimEnd().split('\n').map((line, position) => (position === 0 ? line : indent + line)).join('\n');
}

const ttl = '  ttlSecondsAfterFinished: 60\n';
const force = '  annotations:\n    argocd.argoproj.io/sync-options: Force=true\n';

const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
spec:
  source: {path: apps/web}
  syncPolicy:
    automated: {selfHeal: true}
    retry: {limit: 0}
    syncOptions: [ServerSideApply=true]
`;

const files = {
  'job.yaml': job('plain', ''),
  'ttl.yaml': job('ttl', '', ttl),
  'list.yaml': `apiVersion: v1\nkind: List\nitems:\n- ${job('ttl', '', ttl, '  ')}\n`,
  'cron.yaml': 'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec:\n  schedule: "0 3 * * *"\n  timeZone: Etc/UTC\n  jobTemplate:\n    spec:\n      ttlSecondsAfterFinished: 60\n      template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}\n',
  'argocd/web.yaml': application,
  'apps/web/migrate.yaml': job('migrate', force),
  'apps/web/ttl.yaml': job('ttl', '', ttl),
  'apps/web/hook.yaml': job('hook', '  annotations:\n    argocd.argoproj.io/hook: presync\n', '  activeDeadlineSeconds: 60\n'),
  'chart.yaml': job('helm', '  annotations:\n    helm.sh/hook: pre-upgrade\n    helm.sh/hook-delete-policy: hook-failed\n', `${ttl}  activeDeadlineSeconds: 60\n`),
};

let folder: TemporaryFolder;
beforeAll(() => { folder = makeFolder(files); });
afterAll(() => folder.remove());

const validate = async (...args: readonly string[]): ReturnType<typeof runMain> => runMain(['validate', ...args], { cwd: folder.path });

test('without a tool nothing is said of Git', async () => {
  const { status, stdout } = await validate('apps');
  expect(status).toBe(0);
  expect(stdout).not.toMatch(/argocd|flux/);
});

test.each([
  ['argocd', 'ttl.yaml', 'ttl.yaml:6:28', 'spec.ttlSecondsAfterFinished', 'argocd-ttl-runs-again'],
  ['flux', 'ttl.yaml', 'ttl.yaml:6:28', 'spec.ttlSecondsAfterFinished', 'flux-ttl-runs-again'],
  ['argocd', 'list.yaml', 'list.yaml:9:30', 'items[0].spec.ttlSecondsAfterFinished', 'argocd-ttl-runs-again'],
  ['argocd', 'apps', 'apps/web/hook.yaml:6:30', 'metadata.annotations[argocd.argoproj.io/hook]', 'did you mean "PreSync"?'],
])('for %s, %s has a finding at its line', async (tool, name, place, field, text) => {
  const { status, stdout } = await validate('--gitops', tool, name);
  expect(status).toBe(2);
  const line = stdout.split('\n').find((candidate) => candidate.includes(text));
  expect(line).toContain(place);
  expect(line).toContain(field);
});

test.each(['argocd', 'flux'])('for %s, a plain Job and a CronJob whose Jobs have a TTL are well', async (tool) => {
  const { status, stdout } = await validate('--gitops', tool, 'job.yaml', 'cron.yaml');
  expect(stdout).toContain('0 errors, 0 warnings (');
  expect(status).toBe(0);
});

test('the Application among the files says how its Jobs are applied, whatever file they are in', async () => {
  const alone = await validate('--gitops', 'argocd', 'apps/web/migrate.yaml');
  expect(alone.status).toBe(0);
  const { status, stdout } = await validate('--gitops', 'argocd', 'argocd', 'apps');
  expect(status).toBe(2);
  expect(stdout).toContain('cannot be used with the ServerSideApply=true of Application web');
  expect(stdout).toContain('Application web has selfHeal: Argo CD makes the Job again as soon as it is deleted');
});

test('a hook of a Helm chart is one of Argo CD', async () => {
  const { status, stdout } = await validate('--gitops', 'argocd', 'chart.yaml', 'job.yaml');
  expect(status).toBe(0);
  expect(stdout).toContain('argocd-hook-keeps-logs');
  expect(stdout).not.toContain('argocd-ttl');
});

test('a report as JSON names the tool that was asked for, and only then', async () => {
  const read = async (...args: readonly string[]): Promise<object> => JSON.parse((await validate('-o', 'json', ...args, 'job.yaml')).stdout) as object;
  expect(await read('--gitops', 'flux')).toMatchObject({ ok: true, gitops: 'flux' });
  expect(await read()).not.toHaveProperty('gitops');
});

test('a tool that is not known is wrong usage', async () => {
  const { status, stderr } = await validate('--gitops', 'argo', 'job.yaml');
  expect(status).toBe(125);
  expect(stderr).toContain('Allowed choices are argocd, flux');
});
