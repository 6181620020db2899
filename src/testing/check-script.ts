import { type ChecksOf, podRun, runExample, stopRun } from './check-pod-run';
import { listOf, mapOf, objectOf, report } from './checks';
import type { JobScript, PodScript } from './pod-script';
import { FieldPath } from '../core/field-path';
import type { Finding } from '../core/finding';
import { isObject } from '../core/json';
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
  checkIndexes(script.byIndex, job, at, findings);
  for (const [name, ofJob] of Object.entries(isObject(script.byJob) ? script.byJob : {})) {
    const place = at.child('byJob').key(name);
    const known = job.byName?.get(name);
    if (job.byName !== undefined && known === undefined) report(findings, place, 'Invalid', name, noSuchJob(name, [...job.byName.keys()]));
    if (isObject(ofJob)) checkIndexes(ofJob.byIndex, known ?? { indexes: undefined }, place, findings);
  }
  return findings;
}

function checkIndexes(byIndex: unknown, { indexes }: ScriptedJob, at: FieldPath, findings: Finding[]): void {
  for (const key of Object.keys(isObject(byIndex) ? byIndex : {})) {
    const problem = problemOfIndex(key, indexes);
    if (problem !== undefined) report(findings, at.child('byIndex').key(key), 'Invalid', key, problem);
  }
}

function noSuchJob(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? `there is no Job or CronJob of this name; there are ${listNames(names)}` : `did you mean ${nearest}?`;
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
