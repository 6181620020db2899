import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobStatus } from '../../src/api/kubernetes';
import type { PodScript } from '../../src/testing/pod-script';
import { simulate } from '../../src/testing/simulate';
import type { Action } from '../../src/testing/simulated-actions';
import type { Trace } from '../../src/testing/trace';

/** A scenario as it was run against a real control plane, with what must come of it. */
export interface Scenario {
  readonly id: string;
  readonly layer: string;
  readonly job?: JsonObject;
  readonly cronJob?: JsonObject;
  readonly metadata?: JsonObject;
  readonly podScript: PodScript;
  readonly actions?: readonly Action[];
  readonly runFor?: number;
  readonly alignToMinute?: number;
  readonly notEvent?: string;
  readonly expect: Expectation;
}

/** What must come of a scenario; a key that is absent is not looked at. */
export interface Expectation {
  readonly condition?: string | null;
  readonly reason?: string | null;
  readonly messageMatches?: string;
  readonly succeeded?: number;
  readonly failed?: number;
  readonly podsCreated?: number;
  readonly completedIndexes?: string | null;
  readonly failedIndexes?: string | null;
  readonly minElapsedSeconds?: number;
  readonly maxElapsedSeconds?: number;
  readonly jobGone?: boolean;
  readonly podsGone?: boolean;
  readonly deletedNotBefore?: number;
  readonly createCode?: number;
  readonly errorMatches?: string;
  readonly actionCodes?: readonly number[];
  readonly podLabels?: readonly string[];
  readonly containerStarts?: readonly number[];
  readonly podStarts?: readonly number[];
  readonly jobsCreated?: number;
  readonly jobsDeleted?: number;
  readonly event?: string;
  readonly annotationTz?: string;
  readonly secondJobStartsAfterFirstEnds?: boolean;
  readonly secondJobNamedForMissedTick?: boolean;
  readonly notes?: string;
}

/** What a real control plane did in a scenario. */
export interface Observed {
  readonly id: string;
  readonly stock: {
    readonly pods: readonly { readonly createdAt: number }[];
    readonly events: readonly ObservedEvent[];
    readonly trace: readonly { readonly t: number; readonly status?: JsonObject; readonly job?: string; readonly cron?: boolean }[];
    readonly truncated?: boolean;
  };
}

/** An event as it was observed. */
export interface ObservedEvent {
  readonly on: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** All scenarios that are here. */
export const scenarios: readonly Scenario[] = [...readLines<Scenario>('scenarios.jsonl'), ...readLines<Scenario>('scenarios-1.37.jsonl')];

/** What was observed, by scenario. */
export const observations: ReadonlyMap<string, Observed> = new Map(
  readLines<Observed>('observed-1.37.2.jsonl').map((observed) => [observed.id, observed]),
);

/** Runs a scenario; what it leaves out of the pod template is filled in as it was on the control plane. */
export function play(scenario: Scenario): Trace {
  const { id, podScript, actions = [], runFor, alignToMinute } = scenario;
  const isOpen = scenario.expect.containerStarts !== undefined || scenario.expect.podStarts !== undefined;
  const until = runFor ?? (isOpen ? undefined : 600);
  return simulate(manifestOf(scenario), podScript, {
    actions,
    ...(until === undefined ? {} : { until }),
    // The minutes in which the two sets of scenarios were begun; the names of Jobs follow from them.
    startAt: new Date(Date.UTC(2026, 10, 23, 19, id.startsWith('N') ? 43 : 29, alignToMinute ?? 0)),
  });
}

/** The manifest of a scenario. */
export function manifestOf({ job, cronJob, metadata }: Scenario): JsonObject {
  const kind = cronJob === undefined ? 'Job' : 'CronJob';
  const spec = cronJob === undefined ? withTemplate(job ?? {}) : withJobTemplate(cronJob);
  return { apiVersion: 'batch/v1', kind, metadata: { name: 'j', ...metadata }, spec };
}

/** The status revisions in the form in which they were observed: no times, uids only counted. */
export function revisionsOf(trace: Trace, job: string): readonly JsonObject[] {
  return distinct(trace.revisions.filter((revision) => revision.job === job).map(({ status }) => summary(status)));
}

/** The observed revisions of a Job, without times and repeats. */
export function observedRevisions({ stock }: Observed, job: string | undefined): readonly JsonObject[] {
  const own = stock.trace.filter((line) => line.status !== undefined && line.cron !== true && line.job === job);
  return distinct(own.map(({ status = {} }) => withoutTimes(status)));
}

function withTemplate(spec: JsonObject): JsonObject {
  const { template = {}, ...rest } = spec;
  const { spec: podSpec = {}, ...others } = template as JsonObject;
  const pod = { restartPolicy: 'Never', terminationGracePeriodSeconds: 5, containers: [{ name: 'main', image: 'x' }], ...podSpec as JsonObject };
  return { ...rest, template: { ...others, spec: pod } };
}

function withJobTemplate(spec: JsonObject): JsonObject {
  const { jobTemplate = {}, ...rest } = spec;
  const { spec: job = {}, ...others } = jobTemplate as JsonObject;
  return { ...rest, jobTemplate: { ...others, spec: withTemplate(job as JsonObject) } };
}

function summary(status: JobStatus): JsonObject {
  const { uncountedTerminatedPods: uncounted, conditions, ...rest } = status;
  return withoutTimes({
    ...rest,
    ...(conditions === undefined ? {} : { conditions: conditions.map(({ type, status: value, reason }) => `${type}=${value}:${reason ?? ''}`) }),
    ...(uncounted === undefined ? {} : {
      uncountedTerminatedPods: {
        ...(uncounted.succeeded === undefined ? {} : { succeeded: uncounted.succeeded.length }),
        ...(uncounted.failed === undefined ? {} : { failed: uncounted.failed.length }),
      },
    }),
  });
}

function withoutTimes(status: JsonObject): JsonObject {
  return {
    ...status,
    ...(status.startTime === undefined ? {} : { startTime: 'set' }),
    ...(status.completionTime === undefined ? {} : { completionTime: 'set' }),
  };
}

function distinct(statuses: readonly JsonObject[]): readonly JsonObject[] {
  const texts = statuses.map((status) => JSON.stringify(Object.entries(status).sort(([one], [other]) => (one < other ? -1 : 1))));
  return statuses.filter((_, place) => texts[place] !== texts[place - 1]);
}

function readLines<Line>(file: string): readonly Line[] {
  const lines = readFileSync(join(__dirname, 'vectors', file), 'utf8').split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Line);
}
