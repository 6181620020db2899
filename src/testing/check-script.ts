import { type ChecksOf, podRun, runExample, stopRun } from './check-pod-run';
import { forbid, listOf, mapOf, objectOf, report } from './checks';
import type { JobScript, PodScript } from './pod-script';
import { FieldPath } from '../core/field-path';
import type { Finding } from '../core/finding';
import { isObject, type JsonObject } from '../core/json';
import { tryParseTime } from '../core/time';
import { nearestName } from '../rules/explain/suggest';

/** How many names a message lists. */
const mostNames = 10;

const podRuns = listOf(podRun, `[${runExample}]`);

const jobScriptChecks: ChecksOf<JobScript> = {
  default: podRun,
  byIndex: mapOf(podRuns, `{ "0": [${runExample}] }`),
  byOrder: podRuns,
  onDelete: stopRun,
};
const jobScript = objectOf(jobScriptChecks, `{ default: ${runExample} }`);
const scriptChecks: ChecksOf<PodScript> = { ...jobScriptChecks, byJob: mapOf(jobScript, `{ extract: { default: ${runExample} } }`) };
const podScript = objectOf(scriptChecks, `{ default: ${runExample} }`);

/** What is known of the Jobs that a script is for. */
export interface ScriptedJob {
  /** How many indexes they have; 0 when their pods have none, undefined when that is not known or can change. */
  readonly indexes: number | undefined;
  /** Whether it is a CronJob, whose Jobs these are. */
  readonly isCronJob?: boolean;
  /** The names of the containers of their pods, and of the init containers; undefined when those are not known or can change. */
  readonly containers?: { readonly main: readonly string[]; readonly init: readonly string[] };
  /** Each of them by its name; undefined when others may come. */
  readonly byName?: ReadonlyMap<string, ScriptedJob>;
}

/**
 * What is wrong with a script of pods, all of it at once: any value is accepted, such as JavaScript may pass or a file may hold.
 *
 * @param at where the script stands, for the paths of the findings.
 */
export function checkScript(script: unknown, job: ScriptedJob, at: FieldPath = FieldPath.root): Finding[] {
  const findings: Finding[] = [];
  podScript(script, at, findings);
  if (!isObject(script)) return findings;
  checkRuns(script, job.indexes, job, at, findings);
  for (const [word, ofJob] of Object.entries(isObject(script.byJob) ? script.byJob : {})) {
    const place = at.child('byJob').key(word);
    checkJobWord(word, job, place, findings);
    if (isObject(ofJob)) checkRuns(ofJob, job.byName?.get(word)?.indexes, job, place, findings);
  }
  return findings;
}

/** Checks that a word for a Job can mean one. */
export function checkJobWord(word: unknown, { byName }: ScriptedJob, at: FieldPath, findings: Finding[]): void {
  if (byName === undefined || typeof word !== 'string' || byName.has(word) || /^\d+$/.test(word)) return;
  const schedules = [...byName].filter(([, { isCronJob }]) => isCronJob === true).map(([name]) => name);
  if (schedules.some((name) => word.startsWith(`${name}-`) && /^\d+$/.test(word.slice(name.length + 1)))) return;
  if (tryParseTime(word) === undefined) report(findings, at, 'Invalid', word, noSuchJob(word, [...byName.keys()]));
  else if (schedules.length === 0) report(findings, at, 'Invalid', word, 'there is no CronJob, which makes Jobs for a time');
}

function checkRuns(script: JsonObject, indexes: number | undefined, job: ScriptedJob, at: FieldPath, findings: Finding[]): void {
  checkIndexes(script.byIndex, indexes, at, findings);
  const lists = Object.entries(isObject(script.byIndex) ? script.byIndex : {}).map(([index, runs]) => [at.child('byIndex').key(index), runs] as const);
  for (const [place, runs] of [...lists, [at.child('byOrder'), script.byOrder] as const]) {
    for (const [position, run] of (Array.isArray(runs) ? runs : []).entries()) {
      if (!isObject(run)) continue;
      checkJobWord(run.job, job, place.index(position).child('job'), findings);
      checkContainers(run, job, place.index(position), findings);
    }
  }
  if (!isObject(script.default)) return;
  forbid(script.default, ['job'], at.child('default'), findings, 'default is for the pods of every Job; byJob and byOrder know one');
  checkContainers(script.default, job, at.child('default'), findings);
}

/** Checks that the containers of a run can be there. */
function checkContainers(run: JsonObject, { containers }: ScriptedJob, at: FieldPath, findings: Finding[]): void {
  if (containers === undefined) return;
  const { main, init } = containers;
  for (const name of Object.keys(isObject(run.exits) ? run.exits : {})) {
    if (!main.includes(name)) report(findings, at.child('exits').key(name), 'Invalid', name, noSuchContainer(name, main, init));
  }
  if (init.length === 0) forbid(run, ['initExit', 'initRuns'], at, findings, 'the pods have no init container');
}

function noSuchContainer(name: string, main: readonly string[], init: readonly string[]): string {
  if (init.includes(name)) return 'it is an init container; initExit and initRuns say how those end';
  const nearest = nearestName(name, main);
  if (nearest !== undefined) return `did you mean ${nearest}?`;
  return `there is no container of this name; ${main.length === 1 ? 'there is only' : 'there are'} ${listNames(main)}`;
}

function checkIndexes(byIndex: unknown, indexes: number | undefined, at: FieldPath, findings: Finding[]): void {
  for (const key of Object.keys(isObject(byIndex) ? byIndex : {})) {
    const problem = problemOfIndex(key, indexes);
    if (problem !== undefined) report(findings, at.child('byIndex').key(key), 'Invalid', key, problem);
  }
}

function noSuchJob(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  if (nearest !== undefined) return `did you mean ${nearest}?`;
  return `there is no Job or CronJob of this name; ${names.length === 1 ? 'there is only' : 'there are'} ${listNames(names)}`;
}

function listNames(names: readonly string[]): string {
  const [shown, rest] = [names.slice(0, mostNames), names.length - mostNames];
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

function problemOfIndex(key: string, indexes: number | undefined): string | undefined {
  if (!/^(?:0|[1-9]\d*)$/.test(key)) return 'a key is a completion index, a whole number from 0';
  if (indexes === undefined || Number(key) < indexes) return undefined;
  if (indexes === 0) return 'the pods have no index: the Job is not Indexed; use byOrder or default';
  return `there is no such index: the Job has ${indexes === 1 ? 'only index 0' : `the indexes 0 to ${indexes - 1}`}`;
}
