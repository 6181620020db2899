import { number, record, records, seconds, text } from './read';
import { containsIndex, parseIndexSet } from '../api/index-set';
import { completionIndexAnnotation } from '../api/labels';
import { formatJobName } from '../api/order';
import type { OutputName } from '../api/outputs';
import type { JsonObject } from '../core/json';

/** The value of an output of a Job, or why there is none: `no container of pod extract-x7k2p wrote a line rows=…`. */
type OutputAnswer = { readonly value: string } | { readonly problem: string };

/** How many bytes of a termination message a kubelet keeps: the last ones of a longer one. */
const longestMessage = 4096;
/** How many bytes one argument or variable of a process may have on Linux. */
const longestText = 131_071;

/**
 * An output of a Job that is Complete: the line `rows=…` in the termination message of a container of the pod that succeeded last. Of a
 * line that is there twice the last one counts. Of an Indexed Job it is a list as JSON, with a text for each index, or null for one that
 * the success policy left out.
 *
 * @param pods the pods that there are; those of others are left out.
 */
export function readOutput(job: JsonObject, pods: readonly JsonObject[], output: string): OutputAnswer {
  const uid = text(job, 'metadata', 'uid');
  const succeeded = pods
    .filter((pod) => text(pod, 'status', 'phase') === 'Succeeded' && records(pod, 'metadata', 'ownerReferences').some((owner) => owner.uid === uid))
    .sort((one, other) => endOf(one) - endOf(other));
  if (text(job, 'spec', 'completionMode') === 'Indexed') return readList(job, succeeded, output);
  const last = succeeded.at(-1);
  return last === undefined ? { problem: 'its pods are gone' } : lineOf(last, output);
}

/** Why a Job was not started that needs an output: `output rows of extract is missing: its pods are gone`. */
export function missingOutput({ output, ...job }: OutputName, problem: string): string {
  return `output ${output} of ${formatJobName(job)} is missing: ${problem}`;
}

function readList(job: JsonObject, pods: readonly JsonObject[], output: string): OutputAnswer {
  const byIndex = new Map(pods.map((pod) => [text(pod, 'metadata', 'annotations', completionIndexAnnotation), pod]));
  const completed = parseIndexSet(text(job, 'status', 'completedIndexes') ?? '');
  const values: Array<string | null> = [];
  for (let index = 0; index < (number(job, 'spec', 'completions') ?? 0); index += 1) {
    const pod = byIndex.get(String(index));
    if (pod === undefined && containsIndex(completed, index)) return { problem: `the pod of index ${index} is gone` };
    const answer = pod === undefined ? { value: null } : lineOf(pod, output);
    if ('problem' in answer) return answer;
    values.push(answer.value);
  }
  const value = JSON.stringify(values);
  return bytesOf(value) > longestText ? { problem: 'the list is longer than the 128 KiB that a process can be given' } : { value };
}

function lineOf(pod: JsonObject, output: string): OutputAnswer {
  const statuses = [...records(pod, 'status', 'containerStatuses'), ...records(pod, 'status', 'initContainerStatuses')];
  for (const status of statuses) {
    if (number(status, 'state', 'terminated', 'exitCode') !== 0) continue;
    const value = linesOf(text(status, 'state', 'terminated', 'message') ?? '').filter((line) => line.startsWith(`${output}=`)).at(-1);
    if (value !== undefined) return { value: value.slice(output.length + 1) };
  }
  return { problem: `no container of pod ${text(pod, 'metadata', 'name') ?? ''} wrote a line ${output}=… into its termination message` };
}

/** The lines of a termination message. The first one of a full message may have lost its beginning, so that it says nothing. */
function linesOf(message: string): readonly string[] {
  const lines = message.split('\n').map((line) => line.replace(/\r$/, ''));
  return bytesOf(message) < longestMessage ? lines : lines.slice(1);
}

function endOf(pod: JsonObject): number {
  return Math.max(0, ...records(pod, 'status', 'containerStatuses').map((status) => seconds(record(status, 'state', 'terminated'), 'finishedAt') ?? 0));
}

function bytesOf(words: string): number {
  return new TextEncoder().encode(words).length;
}
