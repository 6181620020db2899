/** What docs/limits.md says of types: each of its programs is compiled, and run where it compiles. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { compile, diagnose } from './compile';
import * as jobs from '../../src/index';
import { newChart, refusal, synth } from '../constructs/helpers';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'limits.md'), 'utf8').replace(/\s+/g, ' ');

interface Limit {
  /** What the page says, word by word. */
  readonly says: string;
  /** The program, with `chart`, `main`, `text`, `count`, `flag` and `codes` at hand. */
  readonly program: string;
  /** `refused` by the compiler; else what synth says: that it refuses a field, or nothing. */
  readonly compiler: 'refused' | 'taken';
  readonly synth?: RegExp;
}

const job = (rest: string, name = 'NonParallelJob'): string => `new jobs.${name}(chart, 'x', { restartPolicy: 'Never', ${rest} });`;
const container = (rest: string): string => job(`containers: [{ ...main, ${rest} }]`);
const rule = (values: string): string => job(`containers: [main], podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: ${values} } }] }`);
const inSynth = (says: string, program: string, refused: RegExp): Limit => ({ says, program, compiler: 'taken', synth: refused });
const refused = (says: string, program: string): Limit => ({ says, program, compiler: 'refused' });
const taken = (says: string, program: string): Limit => ({ says, program, compiler: 'taken' });

const atSynth = 'are refused at synth';
const sameSort = 'the compiler takes literals beside it in fields of the same sort (quantities, counts, words) as computed too';
const union = 'variables of our types take the words as a union';
const schedule = '`type` in a schedule must be known to the compiler';
const codes = 'a computed list of exit codes must be known not to be empty (`[code, ...codes]`)';
const conditions = 'and so must one of pod conditions (`as const` does it)';
const amount = 'an amount that may be undefined (`limits: { cpu: maybe }`)';
const variables = 'variables of the environment whose type has `value` and `valueFrom`, both optional, as that of client-node has (say `as EnvVarProps[]`)';
const parameter = 'a type parameter as a name, a schedule, an amount or a number (say `name as string`)';
const ofParameter = (name: string): string => `function make<Name extends string>(name: Name) { ${container(`name: ${name}`)} } make('other');`;
const shared = '`FailIndex` in a `PodFailurePolicyProps`, which fits all kinds of Job (write `PodFailurePolicyProps<string, FailureAction>`)';
const common = 'for the same reason `IndexedJobProps` as `CommonJobProps` (write `CommonJobProps<RestartPolicy, string, string, FailureAction>`)';
const restarted = "`{ ...props, restartPolicy: 'OnFailure' }` over props that may have a `podFailurePolicy` (leave it out of their type)";
const ofPlus = "The containers of props in a variable may be of cdk8s-plus: what reads their fields asks first (`'image' in container`)";
const oneKind = 'Props in a variable fit their own kind of Job, and not a schedule: what all kinds have, and the `job` of a schedule, is `CommonJobProps`';
const single = "{ restartPolicy: 'Never', containers: [main] }";
const condition = "[{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }]";
const perIndex = "{ rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [3] } }] }";
const shards = "{ restartPolicy: 'Never', completions: 2, containers: [main] }";
const ownVariables = "const env: { name: string; value?: string; valueFrom?: { fieldRef: { fieldPath: string } } }[] = [{ name: 'A', value: 'b' }];";
const stop = '`lifecycle.stopSignal`, which a default server drops unread, takes its words alone';
const tied = "in a variable of type `FixedCompletionJobProps`, `restartPolicy: 'OnFailure'` beside `podFailurePolicy` is refused at synth";
const policy = "podFailurePolicy: { rules: [] }, restartPolicy: 'OnFailure', completions: 2, containers: [main]";

const limits: readonly Limit[] = [
  inSynth('`containers: []`', job('containers: []'), /spec\.template\.spec\.containers: Required/),
  taken('a list that is known not to be empty would refuse one that is computed', job('containers: [main].filter(() => flag)')),
  inSynth('a mount in a pod without any `volumes`', container("volumeMounts: [{ name: 'data', mountPath: '/data' }]"), /volumeMounts\[0\]\.name: Not found: "data"/),
  inSynth('numbers that are whole but too large', job('containers: [main], backoffLimit: 4294967296'), /spec\.backoffLimit: /),
  inSynth('numbers inside of volumes', job("containers: [main], volumes: [{ name: 'c', configMap: { name: 'c', defaultMode: 9999 } }]"), /configMap\.defaultMode: Invalid/),
  inSynth('of the handlers of probes and hooks (ports, a pause)', container('livenessProbe: { tcpSocket: { port: 99999 } }'), /livenessProbe\.tcpSocket\.port: Invalid/),
  inSynth(atSynth, container('lifecycle: { preStop: { sleep: { seconds: -1 } } }'), /preStop\.sleep.*: Invalid/),

  refused(sameSort, container("resources: { limits: { memory: '1Gb' } }")),
  inSynth(sameSort, container("resources: { limits: { cpu: text, memory: '1Gb' } }"), /resources\.limits\[memory\]: Invalid|memory.*1Gb/),
  refused(sameSort, job('containers: [main], backoffLimit: -1')),
  inSynth(sameSort, job('containers: [main], activeDeadlineSeconds: count, backoffLimit: -1'), /spec\.backoffLimit: Invalid/),

  taken(union, container('imagePullPolicy: text')),
  refused(union, 'const typed: jobs.ContainerProps = { ...main, imagePullPolicy: text }; typed;'),
  taken(union, "const typed: jobs.ContainerProps = { ...main, imagePullPolicy: flag ? 'Always' : 'Never' }; typed;"),
  refused(schedule, "const type: string = 'Indexed'; new jobs.ScheduledJob(chart, 'x', { schedule: '@daily', job: { type, restartPolicy: 'Never', completions: 2, containers: [main] } });"),
  taken(schedule, "const type = 'Indexed'; new jobs.ScheduledJob(chart, 'x', { schedule: '@daily', job: { type, restartPolicy: 'Never', completions: 2, containers: [main] } });"),
  refused(codes, rule('codes')),
  taken(codes, rule('[count, ...codes]')),
  refused(conditions, `const rules = ${condition}; ${job("containers: [main], podFailurePolicy: { rules: rules.map((rule) => ({ ...rule, action: 'Ignore' })) }")}`),
  taken(conditions, `const rules = ${condition} as const; ${job("containers: [main], podFailurePolicy: { rules: rules.map((rule) => ({ ...rule, action: 'Ignore' })) }")}`),
  refused(amount, `const maybe = flag ? '1' : undefined; ${container('resources: { limits: { cpu: maybe } }')}`),
  taken(amount, `const maybe = flag ? '1' : undefined; ${container('resources: { limits: { ...maybe === undefined ? {} : { cpu: maybe } } }')}`),
  refused(variables, `${ownVariables} ${container('env')}`),
  taken(variables, `${ownVariables} ${container('env: env as jobs.EnvVarProps[]')}`),
  refused(parameter, ofParameter('name')),
  taken(parameter, ofParameter('name as string')),
  refused(shared, `const policy: jobs.PodFailurePolicyProps = ${perIndex}; policy;`),
  taken(shared, `const policy: jobs.PodFailurePolicyProps<string, jobs.FailureAction> = ${perIndex}; ${job('completions: 2, backoffLimitPerIndex: 1, containers: [main], podFailurePolicy: policy', 'IndexedJob')}`),
  refused(common, `const props: jobs.IndexedJobProps = ${shards}; const common: jobs.CommonJobProps = props; common;`),
  taken(common, `const props: jobs.IndexedJobProps = ${shards}; const common: jobs.CommonJobProps<jobs.RestartPolicy, string, string, jobs.FailureAction> = props; common;`),
  refused(restarted, "const props: jobs.NonParallelJobProps = { restartPolicy: 'Never', containers: [main] }; new jobs.NonParallelJob(chart, 'x', { ...props, restartPolicy: 'OnFailure' });"),
  taken(restarted, "const props: Omit<jobs.NonParallelJobProps, 'podFailurePolicy'> = { restartPolicy: 'Never', containers: [main] }; new jobs.NonParallelJob(chart, 'x', { ...props, restartPolicy: 'OnFailure' });"),
  refused(oneKind, `const props: jobs.NonParallelJobProps = ${single}; new jobs.FixedCompletionJob(chart, 'x', { ...props, completions: 2 });`),
  refused(oneKind, `const props: jobs.NonParallelJobProps = ${single}; new jobs.ScheduledJob(chart, 'x', { schedule: '@daily', job: props });`),
  taken(oneKind, `const props: jobs.CommonJobProps = ${single}; new jobs.FixedCompletionJob(chart, 'x', { ...props, completions: 2 });`),
  taken(oneKind, `const props: jobs.CommonJobProps = ${single}; new jobs.ScheduledJob(chart, 'x', { schedule: '@daily', job: props });`),
  refused(ofPlus, "const props: jobs.NonParallelJobProps = { restartPolicy: 'Never', containers: [main] }; props.containers.map((container) => container.image);"),
  taken(ofPlus, "const props: jobs.NonParallelJobProps = { restartPolicy: 'Never', containers: [main] }; props.containers.map((container) => 'image' in container ? container.image : undefined);"),
  refused(stop, container('lifecycle: { stopSignal: text }')),
  taken(stop, job("os: { name: 'linux' }, containers: [{ ...main, lifecycle: { stopSignal: 'SIGTERM' } }]")),
  refused(tied, `const props: jobs.FixedCompletionJobProps<'OnFailure'> = { ${policy} }; new jobs.FixedCompletionJob(chart, 'x', props);`),
  taken(tied, 'const props: jobs.FixedCompletionJobProps<\'OnFailure\'> = { restartPolicy: \'OnFailure\', completions: 2, containers: [main] }; new jobs.FixedCompletionJob(chart, \'x\', props);'),
  inSynth(tied, `const props: jobs.FixedCompletionJobProps = { ${policy} }; new jobs.FixedCompletionJob(chart, 'x', props);`, /spec\.template\.spec\.restartPolicy: Invalid|podFailurePolicy/),
];

const known = [
  "import { Chart } from 'cdk8s';", "import * as jobs from 'cdk8s-jobs';",
  'declare const chart: Chart; declare const text: string; declare const count: number; declare const flag: boolean; declare const codes: number[];',
  "const main = { name: 'main', image: 'busybox' };",
];
const program = compile([], Object.fromEntries(limits.map((limit, index) => [`limit-${index}.ts`, [...known, limit.program].join('\n')])));

test.each(limits.map((limit, index) => ({ ...limit, index })))('$program: $compiler, as the page says: $says', ({ says, program: source, compiler, synth: expected, index }) => {
  expect(page).toContain(says);
  const messages = diagnose(program, `limit-${index}.ts`).map(({ message }) => message);
  expect([messages.length > 0 ? 'refused' : 'taken', messages]).toEqual([compiler, compiler === 'refused' ? expect.anything() : []]);
  if (compiler === 'refused') return;
  const chart = newChart();
  const script = ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022 } }).outputText;
  const main = { name: 'main', image: 'busybox' };
  const run = new Function('jobs', 'chart', 'main', 'text', 'count', 'flag', 'codes', script);
  const said = refusal(() => { run(jobs, chart, main, 'Always', 3, true, [4, 5]); synth(chart); }).join('\n');
  if (expected === undefined) expect(said).toBe('');
  else expect(said).toMatch(expected);
});

test('all code that the page shows about types is in a program', () => {
  const [, section = ''] = /## Types (.*?) ## /.exec(page) ?? [];
  const spans = [...section.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
  const tried = limits.flatMap((limit) => [limit.says, limit.program]).join('\n');
  // Of the compiler's options, one is about declarations of others.
  expect(spans.filter((span) => !tried.includes(span))).toEqual(['exactOptionalPropertyTypes', 'skipLibCheck']);
});
