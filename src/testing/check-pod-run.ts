import { flag, forbid, listOf, mapOf, numberThat, objectOf, oneOf, report, type InputCheck, text } from './checks';
import { lastSignal, signalNames, signalNumber } from './container-end';
import { allReasons, podReason, reasonsOf } from './pod-reasons';
import type { ContainerRun, PodRun, StopRun } from './pod-script';
import type { FieldPath } from '../core/field-path';
import type { Finding } from '../core/finding';
import { isObject, type JsonObject } from '../core/json';
import { nearestName } from '../rules/explain/suggest';

/** A check for every field of a type, so that none is forgotten. */
export type ChecksOf<Type> = Readonly<Record<keyof Type & string, InputCheck>>;

/** A run as an example. */
export const runExample = '{ after: 2, exit: 1 }';

/** A condition that a pod gets. */
export const podCondition = objectOf({ type: text, status: text, reason: text, message: text }, '{ type: DisruptionTarget }', ['type']);

/** The phases in which a pod has ended. */
export const podPhase = oneOf(['Failed', 'Succeeded']);

const seconds = numberThat((value) => value >= 0, 'a number of seconds, 0 or more');
const exitCode = numberThat((value) => Number.isInteger(value) && value >= 0 && value <= 255, 'an exit code, a whole number from 0 to 255');

const signal: InputCheck = (value, at, findings) => {
  const expected = `expected a signal, a number from 1 to ${lastSignal} or a name such as SIGKILL`;
  if (typeof value === 'number') {
    if (!(Number.isInteger(value) && value >= 1 && value <= lastSignal)) report(findings, at, 'Invalid', value, expected);
  } else if (typeof value !== 'string') {
    report(findings, at, 'Decode', value, expected);
  } else if (signalNumber(value) === undefined) {
    const nearest = nearestName(`SIG${value.toUpperCase().replace(/^SIG/, '')}`, signalNames);
    report(findings, at, 'NotSupported', value, nearest === undefined ? expected : `did you mean ${nearest}?`);
  }
};

const containerChecks: ChecksOf<ContainerRun> = {
  after: seconds, exit: exitCode, signal, reason: oneOf(reasonsOf('end', 'failed start')), message: text,
};
const containerFields = objectOf(containerChecks, runExample, ['after']);
const containerRuns = listOf((value, at, findings) => {
  containerFields(value, at, findings);
  if (!isObject(value)) return;
  if (['exit', 'signal', 'reason'].every((word) => value[word] === undefined)) report(findings, at.child('exit'), 'Required', undefined, '');
  checkEnd(value, at, findings);
}, `[${runExample}]`);

const stopChecks: ChecksOf<StopRun> = { after: seconds, exit: exitCode, signal, never: flag };
const stopFields = objectOf(stopChecks, '{ after: 1, exit: 143 }');

/** How a pod ends when it is stopped. */
export const stopRun: InputCheck = (value, at, findings) => {
  stopFields(value, at, findings);
  if (isObject(value)) checkEnd(value, at, findings);
};

/** A word for a Job: its name, that of its CronJob, its place or its time. */
export const jobWord: InputCheck = (value, at, findings) => {
  const expected = 'expected the name of a Job or of its CronJob, its place among the Jobs of that from 0, or the time for which it is made';
  if (typeof value === 'string' && value !== '') return;
  if (typeof value !== 'number') report(findings, at, 'Decode', value, expected);
  else if (!Number.isInteger(value) || value < 0) report(findings, at, 'Invalid', value, expected);
};

/** What the API says of a pod whose node is lost is none of the words that people look for. */
const podRunReason: InputCheck = (value, at, findings) => {
  if (typeof value !== 'string' || !/^node ?lost$/i.test(value)) return oneOf(allReasons)(value, at, findings);
  const words = 'a lost node shows as DeletionByPodGC, once it is removed, or as DeletionByTaintManager, when it falls silent';
  return report(findings, at, 'NotSupported', value, words);
};

const runChecks: ChecksOf<PodRun> = {
  job: jobWord,
  after: seconds,
  exit: exitCode,
  signal,
  reason: podRunReason,
  message: text,
  nodeRemovedAfter: seconds,
  ignoresTerm: flag,
  exits: mapOf(exitCode, '{ sidecar: 0 }'),
  runs: containerRuns,
  initRuns: containerRuns,
  initExit: exitCode,
  hang: flag,
  neverStart: flag,
  pending: flag,
  ready: flag,
  condition: podCondition,
  phase: podPhase,
  podReason: text,
  onDelete: stopRun,
};
const runFields = objectOf(runChecks, runExample);

/** What one pod does: each word by itself, and whether they can be true together. */
export const podRun: InputCheck = (value, at, findings) => {
  runFields(value, at, findings);
  if (!isObject(value)) return;
  checkEnd(value, at, findings);
  checkOpenEnd(value, at, findings);
  if (value.runs !== undefined) {
    const words = ['exit', 'signal', 'reason', 'exits', ...(value.initExit === undefined ? ['after'] : [])];
    forbid(value, words, at, findings, 'runs says how each run of the containers ends');
  }
  if (value.ignoresTerm === true) forbid(value, ['onDelete'], at, findings, 'with ignoresTerm: true its containers do not end on SIGTERM');
  checkPodReason(value, at, findings);
};

/** Exit code, signal and reason of one end belong together. */
function checkEnd(value: JsonObject, at: FieldPath, findings: Finding[]): void {
  const { exit, signal: by, reason: word } = value;
  const number = typeof by === 'number' || typeof by === 'string' ? signalNumber(by) : undefined;
  if (number !== undefined && typeof exit === 'number' && exit !== 128 + number) {
    report(findings, at.child('exit'), 'Invalid', exit, `a container that signal ${by} ends has exit code ${128 + number}; leave exit out`);
  }
  const known = typeof word === 'string' ? podReason(word) : undefined;
  if (known === undefined || (known.place !== 'end' && known.place !== 'failed start')) return;
  if (known.place === 'failed start') forbid(value, ['signal'], at, findings, `a container with the reason ${word} never ran`);
  else if (known.exit === 0) forbid(value, ['signal'], at, findings, `a container with the reason ${word} ended by itself`);
  if (typeof exit !== 'number' || word === 'OOMKilled' || (exit === 0) === (known.exit === 0)) return;
  report(findings, at.child('exit'), 'Invalid', exit, `a container with the reason ${word} has ${known.exit === 0 ? 'exit code 0' : 'an exit code other than 0'}`);
}

/** Everything that says whether and how a pod comes to its end. */
const endWords = ['after', 'exit', 'signal', 'reason', 'exits', 'runs', 'condition', 'phase', 'podReason', 'hang', 'pending', 'neverStart'];

/** What says that a pod comes to no end by itself: why, and what else may be said of the end. */
const openEnds: Readonly<Record<string, { readonly why: string; readonly fits: readonly string[] }>> = {
  'wait': { why: 'its containers do not start', fits: ['reason', 'pending'] },
  'rejection': { why: 'its node does not take it', fits: ['reason', 'condition'] },
  'no node': { why: 'it has no node', fits: ['reason', 'neverStart'] },
  'neverStart': { why: 'it has no node', fits: ['neverStart'] },
  'pending': { why: 'its containers do not start', fits: ['pending'] },
  'hang': { why: 'it runs until it is stopped, and onDelete says how it ends then', fits: ['hang'] },
};

function checkOpenEnd(value: JsonObject, at: FieldPath, findings: Finding[]): void {
  const place = placeOf(value);
  const word = ['neverStart', 'pending', 'hang'].find((one) => value[one] === true);
  const byReason = place === undefined ? undefined : openEnds[place];
  const { why, fits } = byReason ?? openEnds[word ?? ''] ?? {};
  if (why === undefined) return;
  const said = byReason === undefined ? `${word}: true` : `reason: ${String(value.reason)}`;
  forbid(value, endWords.filter((one) => fits?.includes(one) !== true), at, findings, `with ${said} ${why}`);
}

/** A reason of the pod says also its phase, and of all containers how they end. */
function checkPodReason(value: JsonObject, at: FieldPath, findings: Finding[]): void {
  checkLostNode(value, at, findings);
  if (placeOf(value) !== 'pod end') return;
  forbid(value, ['podReason', 'exits'], at, findings, `reason: ${String(value.reason)} ends the pod with all its containers`);
  if (value.phase === 'Succeeded') report(findings, at.child('phase'), 'Invalid', value.phase, `a pod with the reason ${String(value.reason)} is Failed`);
}

/** Of a pod whose node is lost nobody learns how its containers end. */
function checkLostNode(value: JsonObject, at: FieldPath, findings: Finding[]): void {
  const { reason } = value;
  if (placeOf(value) === 'node lost') {
    forbid(value, lostEnds, at, findings, `with reason: ${String(reason)} its node is lost, and nobody learns how its containers end`);
  }
  if (reason !== 'DeletionByTaintManager') forbid(value, ['nodeRemovedAfter'], at, findings, 'it goes with reason: DeletionByTaintManager, of a node that falls silent');
}

const lostEnds = ['exit', 'signal', 'exits', 'runs', 'condition', 'phase', 'podReason', 'hang', 'pending', 'neverStart'];

function placeOf({ reason }: JsonObject): string | undefined {
  return typeof reason === 'string' ? podReason(reason)?.place : undefined;
}
