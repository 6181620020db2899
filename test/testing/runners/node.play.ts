import assert from 'node:assert/strict';
import test from 'node:test';
import { assertThat, simulate, toComplete, toFail } from 'cdk8s-jobs/testing';

const manifest = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'resize' },
  spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] } } },
};

void test('a Job that succeeds completes', () => {
  assertThat(toComplete(simulate(manifest)));
});

void test('a Job that fails does so for a reason', () => {
  const trace = simulate(manifest, { default: { after: 1, exit: 3 } });
  assertThat(toFail(trace, 'BackoffLimitExceeded'));
  assert.throws(() => assertThat(toComplete(trace)), /Expected the Job to complete\.\nIt ended as Failed: BackoffLimitExceeded/);
});
