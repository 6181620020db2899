import { jobWord, podCondition, podPhase } from './check-pod-run';
import { checkJobWord, checkScript, type ScriptedJob } from './check-script';
import { anyObject, flag, forbid, listOf, mapOf, numberThat, objectOf, oneOf, report, type InputCheck, text } from './checks';
import type { Action, ActionName } from './simulated-actions';
import { isCronJob, kinds } from '../api/kinds';
import { UsageError } from '../core/errors';
import { FieldPath } from '../core/field-path';
import { type Finding, formatFinding } from '../core/finding';
import { asObject, isObject, valueAt } from '../core/json';
import { faultsOfQueues } from '../engine/queue/settings';
import { kubernetesVersions } from '../rules/rule/versions';

/** What can be done, and whether it is done to a Job or to pods of one. */
const ops: Readonly<Record<ActionName, boolean>> = {
  patch: true,
  suspend: true,
  resume: true,
  annotate: true,
  delete: true,
  deleteJob: true,
  replaceJob: false,
  createJob: false,
  createConfigMap: false,
  deletePod: true,
  deletePods: true,
  evictPod: true,
  patchPod: true,
  patchPodStatus: true,
  createPod: false,
  patchCron: false,
  suspendCron: false,
  resumeCron: false,
  annotateCron: false,
  patchCronStatus: false,
  deleteCron: false,
  createCron: false,
  createJobFromCron: false,
};

const whole = numberThat((value) => Number.isInteger(value) && value >= 0, 'a whole number, 0 or more');
const anyNumber = numberThat((value) => !Number.isNaN(value), 'a number');
const policies = oneOf(['Background', 'Foreground', 'Orphan']);

const actionChecks: Readonly<Record<keyof Action, InputCheck>> = {
  at: numberThat((value) => value >= 0, 'a number of seconds since the begin, 0 or more'),
  op: oneOf(Object.keys(ops)),
  job: jobWord,
  patch: anyObject,
  pod: (value, at, findings) => (typeof value === 'string' ? undefined : whole(value, at, findings)),
  index: whole,
  gracePeriodSeconds: whole,
  grace: whole,
  force: flag,
  condition: podCondition,
  phase: podPhase,
  reason: text,
  message: text,
  policy: policies,
  propagationPolicy: policies,
  cascade: oneOf(['background', 'foreground', 'orphan']),
  name: text,
  tick: anyNumber,
  owner: text,
  spec: anyObject,
  labels: mapOf(text, '{ app: etl }'),
  finalizers: listOf(text, '[example.com/mine]'),
  lastScheduleAgo: anyNumber,
};
const actionList = listOf(objectOf(actionChecks, '{ at: 5, op: suspend }', ['at', 'op']), '[{ at: 5, op: suspend }]');
const until = numberThat((value) => value >= 0, 'a number of virtual seconds, 0 or more');

/** Whether a value that was read from a file is a whole story: a script of pods, and beside it what clients do and how long it goes on. */
export function isStory(value: unknown): boolean {
  return isObject(value) && ['script', 'actions', 'until'].some((field) => Object.hasOwn(value, field));
}

/**
 * What is wrong with a script, or with a whole story, that was read from a file for the simulation of manifests. Any value is accepted.
 */
export function checkSimulationFile(value: unknown, manifests: readonly unknown[]): Finding[] {
  const job = jobsOf(manifests, isObject(value) ? value.actions : undefined);
  if (!isStory(value)) return checkScript(value, job);
  const findings: Finding[] = [];
  const script: InputCheck = (written, at) => { findings.push(...checkScript(written, job, at)); };
  objectOf({ script, actions: actionList, until }, '{ script: { default: { hang: true } }, until: 60 }')(value, FieldPath.root, findings);
  checkJobsOfActions(asObject(value).actions, job, FieldPath.root.child('actions'), findings);
  return findings;
}

/** Checks that the Jobs that actions name can be there, and that these are actions on Jobs. */
function checkJobsOfActions(actions: unknown, job: ScriptedJob, at: FieldPath, findings: Finding[]): void {
  for (const [position, action] of (Array.isArray(actions) ? actions : []).entries()) {
    if (!isObject(action) || action.job === undefined) continue;
    checkJobWord(action.job, job, at.index(position).child('job'), findings);
    const { op } = action;
    if (typeof op !== 'string' || !Object.hasOwn(ops, op) || ops[op as ActionName]) continue;
    forbid(action, ['job'], at.index(position), findings, `${op} is not done to a Job that is there`);
  }
}

/**
 * Checks that `simulate` can carry out what it was called with.
 *
 * @throws {UsageError} with one line for each thing that is wrong.
 */
export function requireSimulation(manifests: readonly unknown[], script: unknown, options: unknown): void {
  const root = FieldPath.root;
  const { actions } = asObject(options);
  const job = jobsOf(manifests, actions);
  const findings = checkScript(script, job, root.child('script'));
  simulateOptions(options, root.child('options'), findings);
  checkJobsOfActions(actions, job, root.child('options').child('actions'), findings);
  if (findings.length > 0) throw new UsageError(['Cannot simulate:', ...findings.map((finding) => `  ${formatFinding(finding)}`)].join('\n'));
}

const simulateOptions = objectOf({
  kubernetesVersion: oneOf([...kubernetesVersions]),
  // Which gates there are depends on the version: the first validation tells.
  featureGates: mapOf(flag, '{ WorkloadWithJob: true }'),
  until,
  actions: actionList,
  startAt: (value, at, findings) => {
    if (!isObject(value) || typeof value.getTime !== 'function' || Number.isNaN(Number(value))) report(findings, at, 'Invalid', value, 'expected a Date');
  },
  seed: anyNumber,
  keepLast: numberThat((value) => Number.isInteger(value) && value >= 0, 'a whole number, 0 or more'),
  maxParallel: numberThat((value) => Number.isInteger(value) && value >= 1, 'a whole number of Jobs, 1 or more'),
  queues: mapOf((value, at, findings) => {
    const fault = isObject(value) ? faultsOfQueues({ queues: { '': value as Record<string, string> } })[0] : 'expected an object';
    if (fault !== undefined) report(findings, at, 'Invalid', value, fault.replace('queue : ', ''));
  }, "{ team: { cpu: '4', memory: '8Gi' } }"),
  queuePriorities: mapOf(numberThat(Number.isInteger, 'a whole number'), '{ high: 1000 }'),
}, '{ until: 60, seed: 1 }');

/** What is known of the Jobs of some manifests. What a client patches or creates may be otherwise. */
function jobsOf(manifests: readonly unknown[], actions: unknown): ScriptedJob {
  const changes = Array.isArray(actions) && actions.some((action) => isObject(action) && /^(?:patch|create)/.test(String(action.op)));
  if (changes) return { indexes: undefined };
  const known = manifests.map((manifest): readonly [unknown, ScriptedJob] =>
    [valueAt(manifest, ['metadata', 'name']), { indexes: indexesOf(manifest), isCronJob: isCronJob(asObject(manifest)) }]);
  const pods = manifests.map((manifest) => valueAt(templateOf(manifest), ['template', 'spec']));
  const containers = { main: namesOf(pods, 'containers'), init: namesOf(pods, 'initContainers') };
  const isNamed = (entry: (typeof known)[number]): entry is readonly [string, ScriptedJob] => typeof entry[0] === 'string';
  const each = known.map(([, { indexes }]) => indexes);
  const indexes = each.includes(undefined) ? undefined : each.reduce((most = 0, number = 0) => Math.max(most, number), 0);
  // Nobody knows a name that the server will make.
  return { indexes, containers, ...(known.every(isNamed) ? { byName: new Map(known.filter(isNamed)) } : {}) };
}

function indexesOf(manifest: unknown): number | undefined {
  const template = templateOf(manifest);
  if (!isObject(template)) return undefined;
  if (template.completionMode !== 'Indexed') return 0;
  return typeof template.completions === 'number' ? template.completions : undefined;
}

/** The spec of the Job, or of the Jobs of the CronJob. */
function templateOf(manifest: unknown): unknown {
  // Also what says no kind, or a wrong one, is held against: the manifest itself is judged elsewhere.
  return valueAt(manifest, kinds.CronJob.jobSpec) ?? valueAt(manifest, kinds.Job.jobSpec);
}

function namesOf(pods: readonly unknown[], field: 'containers' | 'initContainers'): readonly string[] {
  const lists = pods.map((pod) => valueAt(pod, [field]));
  const names = lists.flatMap((list): unknown[] => (Array.isArray(list) ? list.map((container) => valueAt(container, ['name'])) : []));
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}
