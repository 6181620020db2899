import { expect, test } from '@jest/globals';
import { simulate } from 'cdk8s-jobs/testing';
import 'cdk8s-jobs/testing/jest-globals';

const manifest = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'resize' },
  spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] } } },
};

test('a Job that succeeds completes', () => {
  expect(simulate(manifest)).toComplete();
});

test('a Job that fails does so for a reason', () => {
  expect(simulate(manifest, { default: { after: 1, exit: 3 } })).toFail('BackoffLimitExceeded');
  expect(simulate(manifest)).not.toFail();
});

test('a reason is a text', () => {
  // @ts-expect-error -- a number is no reason
  expect(() => expect(simulate(manifest)).toFail(3)).toThrow('Expected the Job to fail with 3.');
});

test('what is no trace is told', () => {
  expect(() => expect(manifest).not.toComplete()).toThrow('but got a manifest of kind Job');
});
