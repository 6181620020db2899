import { JobValidation, type SynthViolation } from '../../src/constructs/synth-plugin';

const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } };
const good = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'good' }, spec: { template } };
const bad = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'bad' }, spec: { template, backoffLimit: -1, parallelism: -1 } };
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };

interface Report {
  readonly violations: readonly SynthViolation[];
  readonly status: string;
}

async function report(files: Readonly<Record<string, readonly unknown[]>>): Promise<Report> {
  const violations: SynthViolation[] = [];
  let status = 'not submitted';
  await new JobValidation().validate({
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
