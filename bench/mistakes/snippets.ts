import { container, type Kind, type Mistake, object, plusContainer, type Source } from './mistake';

/** The ways to write a Job that are compared. */
export const routes = ['typed', 'untyped', 'plus', 'raw'] as const;

/** One of them: our constructs, our constructs through `any`, cdk8s-plus-28, a plain ApiObject. */
export type Route = (typeof routes)[number];

const imports = [
  "import * as cdk8s from 'cdk8s';",
  "import * as kplus from 'cdk8s-plus-28';",
  "import * as jobs from 'cdk8s-jobs';",
  'declare const chart: cdk8s.Chart;',
];

/** The program that makes a mistake in one way; undefined where it cannot be written. */
export function writeSnippet(mistake: Mistake, route: Route): string | undefined {
  const { constructId = 'job', twin } = mistake;
  const ids = twin === undefined ? [constructId] : [constructId, twin];
  const statements = ids.map((id) => writers[route](mistake, id));
  if (statements.includes(undefined)) return undefined;
  return [...imports, ...statements, ''].join('\n');
}

const writers: Readonly<Record<Route, (mistake: Mistake, id: string) => string | undefined>> = {
  typed: ({ kind, fields }, id) => `new jobs.${kind}(chart, '${id}', ${object({ ...goodProps(kind), ...fields })});`,
  untyped: ({ kind, fields }, id) => `new jobs.${kind}(chart, '${id}', ${object({ ...goodProps(kind), ...fields })} as any);`,
  plus: ({ kind, plus, id: number }, id) => typeof plus === 'string' ? undefined : writePlus(kind, plus, id, number),
  raw: ({ kind, fields, raw }, id) => `new cdk8s.ApiObject(chart, '${id}', ${writeManifest(kind, raw ?? fields)});`,
};

const goodPod: Source = { restartPolicy: "'Never'", containers: `[${container()}]` };

function goodProps(kind: Kind): Source {
  switch (kind) {
    case 'NonParallelJob': return goodPod;
    case 'FixedCompletionJob': return { completions: '4', ...goodPod };
    case 'IndexedJob': return { completions: '4', ...goodPod };
    case 'WorkQueueJob': return { parallelism: '2', ...goodPod };
    case 'ScheduledJob': return { schedule: "'0 2 * * *'", job: object(goodPod) };
  }
}

function writePlus(kind: Kind, fields: Source, id: string, number: number): string {
  const containers = { containers: `[${plusContainer()}]` };
  if (kind === 'ScheduledJob') {
    return `new kplus.CronJob(chart, '${id}', ${object({ schedule: 'cdk8s.Cron.daily()', ...containers, ...fields })});`;
  }
  const statement = `new kplus.Job(chart, '${id}', ${object({ ...containers, ...fields })})`;
  return number === nodeNameCase ? `${statement}.scheduling.assign(kplus.Node.named('Node_1'));` : `${statement};`;
}

/** The one mistake that cdk8s-plus-28 makes with a method. */
const nodeNameCase = 89;

const jobFields = new Set([
  'activeDeadlineSeconds', 'backoffLimit', 'backoffLimitPerIndex', 'completionMode', 'completions', 'managedBy', 'manualSelector',
  'maxFailedIndexes', 'parallelism', 'paralelism', 'podFailurePolicy', 'podReplacementPolicy', 'selector', 'successPolicy', 'suspend',
  'ttlSecondsAfterFinished',
]);

/** The manifest as plain data: the fields where Kubernetes has them. */
function writeManifest(kind: Kind, fields: Source): string {
  const { metadata = '', ...rest } = fields;
  const shared = { apiVersion: "'batch/v1'", kind: kind === 'ScheduledJob' ? "'CronJob'" : "'Job'", metadata };
  if (kind !== 'ScheduledJob') return object({ ...shared, spec: writeJobSpec(kind, rest) });
  const jobTemplate = `{ spec: ${writeJobSpec('NonParallelJob', {})} }`;
  return object({ ...shared, spec: object({ schedule: "'0 2 * * *'", jobTemplate, ...rest }) });
}

function writeJobSpec(kind: Kind, fields: Source): string {
  const completionMode: Source = kind === 'IndexedJob' ? { completionMode: "'Indexed'" } : {};
  const { podMetadata = '', ...written } = { ...goodProps(kind), ...completionMode, ...fields };
  const entries = Object.entries(written);
  const pod = object(Object.fromEntries(entries.filter(([name]) => !jobFields.has(name))));
  const job = Object.fromEntries(entries.filter(([name]) => jobFields.has(name)));
  return object({ ...job, template: object({ metadata: podMetadata, spec: pod }) });
}
