import type { KubernetesObject } from '../../src/port/cluster-port';
import { readOutput } from '../../src/verdict/outputs';
import { container, podOf, terminated, jobManifest } from '../runtime/objects';

const job: KubernetesObject = { ...jobManifest('extract'), metadata: { name: 'extract', uid: 'u1' } };
const indexed = (completions: number, completedIndexes: string): KubernetesObject =>
  ({ ...jobManifest('extract', { completionMode: 'Indexed', completions }), metadata: { name: 'extract', uid: 'u1' }, status: { completedIndexes } });

interface Ending { readonly name?: string; readonly at?: number; readonly phase?: string; readonly index?: number; readonly code?: number }

function pod(message: string | readonly string[], { name = 'p', at = 2, phase = 'Succeeded', index, code = 0 }: Ending = {}): object {
  const finishedAt = `2026-11-24T00:00:0${at}Z`;
  const statuses = [message].flat().map((text) => {
    const { terminated: end } = terminated(code) as { readonly terminated: object };
    return container({ terminated: { ...end, finishedAt, message: text } });
  });
  const { metadata, ...rest } = podOf(job, name, { phase, containerStatuses: statuses });
  return { ...rest, metadata: { ...metadata, ...(index === undefined ? {} : { annotations: { 'batch.kubernetes.io/job-completion-index': String(index) } }) } };
}

const full = `rows=1\n${'x'.repeat(4096 - 14)}\nrows=2`;

test.each<[string, object, readonly object[], string]>([
  ['a line of the message', job, [pod('rows=10')], '10'],
  ['one among others', job, [pod('a=1\nrows=10\r\nb')], '10'],
  ['a value with all that a line can have', job, [pod('rows= a=b $(X) "\\ ')], ' a=b $(X) "\\ '],
  ['an empty value', job, [pod('rows=')], ''],
  ['the last line of several', job, [pod('rows=1\nrows=2')], '2'],
  ['the first container that wrote it', job, [pod(['x=1', 'rows=2', 'rows=3'])], '2'],
  ['the pod that succeeded last', job, [pod('rows=9', { at: 9 }), pod('rows=3', { at: 3 }), pod('rows=5', { at: 5 })], '9'],
  ['no pod that failed', job, [pod('rows=1'), pod('rows=2', { at: 5, phase: 'Failed', code: 3 })], '1'],
  ['no pod of another Job of the name', job, [{ ...pod('rows=2', { at: 5 }), metadata: { ownerReferences: [{ uid: 'u0' }] } }, pod('rows=1')], '1'],
  ['a list of an Indexed Job', indexed(3, '0-2'), [pod('rows=c', { index: 2 }), pod('rows=a', { index: 0 }), pod('rows="', { index: 1 })], '["a","\\"","c"]'],
  ['null for an index that the success policy left out', indexed(2, '1'), [pod('rows=b', { index: 1 })], '[null,"b"]'],
  ['the last attempt of an index', indexed(1, '0'), [pod('rows=2', { index: 0, at: 4 }), pod('rows=1', { index: 0 })], '["2"]'],
  ['what a full message surely has', job, [pod(full)], '2'],
])('an output is %s', (_, owner, pods, value) => {
  expect(readOutput(owner as never, pods as never, 'rows')).toEqual({ value });
});

test.each<[string, object, readonly object[], string]>([
  ['no such line', job, [pod('row=1', { name: 'extract-x7k2p' })], 'no container of pod extract-x7k2p wrote a line rows=… into its termination message'],
  ['no pods', job, [], 'its pods are gone'],
  ['no pod of an index', indexed(2, '0,1'), [pod('rows=1', { index: 0 })], 'the pod of index 1 is gone'],
  ['no line of an index', indexed(2, '0,1'), [pod('rows=1', { index: 0 }), pod('', { index: 1, name: 'extract-1-x' })], 'no container of pod extract-1-x wrote a line rows=… into its termination message'],
  ['a full message that may have lost the beginning of its line', job, [pod(full.slice(0, -7) + '\nx=2222')], 'no container of pod p wrote a line rows=… into its termination message'],
  ['a list that no process can be given', indexed(50, '0-49'), Array.from({ length: 50 }, (_, index) => pod(`rows=${'x'.repeat(4000)}`, { index })), 'longer than the 128 KiB'],
])('there is no output with %s', (_, owner, pods, problem) => {
  expect(readOutput(owner as never, pods as never, 'rows')).toEqual({ problem: expect.stringContaining(problem) });
});
