import { type GitOpsTool } from '../../src/api/gitops';
import { JobValidation, type SynthViolation } from '../../src/constructs/synth-plugin';
import { given } from '../../src/core/given';

const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } };
const good = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'good' }, spec: { template } };
const bad = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'bad' }, spec: { template, backoffLimit: -1, parallelism: -1 } };
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };

interface Report {
  readonly violations: readonly SynthViolation[];
  readonly status: string;
}

async function report(files: Readonly<Record<string, readonly unknown[]>>, gitops?: GitOpsTool): Promise<Report> {
  const violations: SynthViolation[] = [];
  let status = 'not submitted';
  await new JobValidation(given({ gitops })).validate({
    manifests: Object.keys(files),
    parseManifest: (path) => files[path] ?? [],
    report: { addViolation: (violation) => violations.push(violation), submit: (submitted) => { status = submitted; } },
  });
  return { violations, status };
}

test('good Jobs and other kinds pass', async () => {
  expect(await report({ 'a.yaml': [good, service, null] })).toEqual({ violations: [], status: 'success' });
});

test('every error is a violation with its field and file', async () => {
  const { violations, status } = await report({ 'a.yaml': [good], 'b.yaml': [service, bad] });
  expect(status).toBe('failure');
  expect(violations.map(({ recommendation, violatingResources }) => [recommendation, violatingResources])).toEqual(
    ['spec.parallelism', 'spec.backoffLimit'].map((field) => [
      'Invalid value: -1: must be greater than or equal to 0', [{ resourceName: 'bad', locations: [field], manifestPath: 'b.yaml' }],
    ]),
  );
});

describe('with a tool that applies from Git', () => {
  const ttl = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'ttl' }, spec: { template, ttlSecondsAfterFinished: 60 } };

  test('what the tool cannot apply is a violation', async () => {
    const found = async (gitops?: 'argocd' | 'flux'): Promise<readonly string[]> => {
      return (await report({ 'a.yaml': [ttl, service] }, gitops)).violations.map(({ ruleName }) => ruleName);
    };
    expect(await found()).toEqual([]);
    expect(await found('argocd')).toEqual(['argocd-ttl-runs-again']);
    expect(await found('flux')).toEqual(['flux-ttl-runs-again']);
  });

  test('what is only a risk is none', async () => {
    const wave = { ...good, metadata: { name: 'wave', annotations: { 'argocd.argoproj.io/sync-wave': '-1' } } };
    expect(await report({ 'a.yaml': [wave] }, 'argocd')).toEqual({ violations: [], status: 'success' });
  });

  test('a tool that is not known is refused at once', () => {
    expect(() => new JobValidation({ gitops: 'argo' as 'argocd' })).toThrow('Cannot validate for argo');
  });
});

describe('for another API server', () => {
  const gang = { ...good, spec: { template, scheduling: { schedulingPolicy: { gang: { minCount: 2 } } } } };

  async function submitted(options: ConstructorParameters<typeof JobValidation>[0]): Promise<unknown[]> {
    const said: unknown[] = [];
    await new JobValidation(options).validate({
      manifests: ['a.yaml'], parseManifest: () => [gang], report: { addViolation: ({ ruleName }) => said.push(ruleName), submit: (...words) => said.push(...words) },
    });
    return said;
  }

  test('its version and feature gates count', async () => {
    expect(await submitted({})).toEqual(['success']);
    expect(await submitted({ featureGates: { GenericWorkload: true, WorkloadWithJob: true } })).toEqual(['gang-min-count-within-parallelism', 'failure']);
  });

  test('that it is a preview is said', async () => {
    expect(await submitted({ kubernetesVersion: '1.38' })).toEqual(['success', { notice: expect.stringMatching(/^Kubernetes 1\.38 is a preview: its rules are those of 1\.38\.0/) }]);
  });

  test('one that cannot be is refused', () => {
    expect(() => new JobValidation({ featureGates: { HostnameOverride: false } })).toThrow(/feature is locked to true/);
  });
});
