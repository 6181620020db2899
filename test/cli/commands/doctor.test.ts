import { renderDoctorReport } from '../../../src/cli/tables/doctor-report';
import { Output } from '../../../src/cli/terminal/output';
import type { DoctorReport } from '../../../src/runtime/doctor/doctor';
import type { Check } from '../../../src/runtime/doctor/doctor-check';
import { runMain } from '../run-main';

const right = (subject: string, verb: string, change: Partial<Check> = {}): Check => ({ subject, verb, result: 'ok', detail: 'allowed', ...change });

const fine: DoctorReport = {
  context: 'dev',
  server: 'https://dev.example:6443',
  namespace: 'media',
  version: 'v1.37.2',
  user: 'jane',
  checks: [
    { subject: 'cluster', result: 'ok', detail: 'dev, https://dev.example:6443' },
    { subject: 'authentication', result: 'ok', detail: 'as jane' },
    right('jobs', 'create'), right('jobs', 'watch'), right('pods/log', 'get'),
  ],
  features: [
    { field: 'suspend', state: 'stable', since: '1.22', otherwise: 'Jobs cannot be suspended' },
    { field: 'successPolicy', state: 'beta', since: '1.31', otherwise: 'all indexes must succeed' },
  ],
  ok: true,
};

function render(report: DoctorReport): string[] {
  let text = '';
  const write = (part: string): void => { text += part; };
  renderDoctorReport(report, new Output({ write }, { write }, {}));
  return text.trimEnd().split('\n');
}

test('rights to one kind share a line', () => {
  expect(render(fine)).toEqual([
    'ok       cluster         dev, https://dev.example:6443',
    'ok       authentication  as jane',
    'ok       jobs            create, watch',
    'ok       pods/log        get',
    'ok       features        suspend; successPolicy (beta)',
    '',
    'run can work in namespace media',
  ]);
});

test('missing rights say what is lost, and the advice comes once', () => {
  const advice = 'ask for the Role';
  const missing = { result: 'failed', detail: 'run cannot make jobs', advice } as const;
  const lost = { result: 'warning', detail: 'causes are not known', advice: 'ask for more' } as const;
  const checks = [right('jobs', 'create', missing), right('jobs', 'patch', { ...missing, detail: 'run cannot apply jobs' }), right('jobs', 'get'),
    right('events', 'list', lost), right('events', 'watch', lost)];
  expect(render({ ...fine, checks, features: [], ok: false })).toEqual([
    'failed   jobs    create: run cannot make jobs',
    'failed   jobs    patch: run cannot apply jobs',
    'ok       jobs    get',
    'warning  events  list, watch: causes are not known',
    '',
    'run cannot work in namespace media',
    'hint: ask for the Role',
  ]);
});

test('where run can work, the advice is for what would work better', () => {
  const checks = [right('events', 'list', { result: 'warning', detail: 'causes are not known', advice: 'ask for more' })];
  expect(render({ ...fine, checks, features: [] }).slice(-2)).toEqual(['run can work in namespace media', 'hint: ask for more']);
});

test('a feature that the version does not have is a line of its own', () => {
  const features = [{ field: 'managedBy', state: 'off', since: '1.32', otherwise: 'the Job controller takes every Job' }] as const;
  expect(render({ ...fine, version: 'v1.31.4', checks: [], features })[0])
    .toBe('warning  feature  managedBy: since 1.32; in v1.31.4 the Job controller takes every Job');
});

test('without a kubeconfig there is nothing to examine', async () => {
  const { status, stdout, stderr } = await runMain(['doctor'], { env: { HOME: '/nonexistent' } });
  expect({ status, stdout }).toEqual({ status: 125, stdout: '' });
  expect(stderr).toBe('error: Cannot connect: there is no kubeconfig: name a cluster with KUBECONFIG or --kubeconfig\n');
});
