/**
 * Every sentence of src/api/props/refusals.ts, said twice: by the compiler for props written in place, and at synth, of the same field, for
 * who has cast the types away. The tables make the cases: a sentence without a case, or a kind without one of its fields, fails here.
 */
import type { Chart } from 'cdk8s';
import { compile, diagnose } from './compile';
import { fieldsOfType } from '../../src/api/field-table';
import { kindRefuses, misplaced, otherRefusals, scheduledKindRefuses, scheduledRefuses, serverSetFields } from '../../src/api/props/refusals';
import { isFieldOfJob } from '../../src/api/to-manifest';
import * as jobs from '../../src/index';
import { newChart, refusal, synth, untyped } from '../constructs/helpers';

type Kind = keyof typeof kindRefuses;
type Props = Readonly<Record<string, unknown>>;

/** One refusal. */
interface Case {
  readonly construct: `${Kind | 'Scheduled'}Job`;
  /** Written into the program as JSON, and given to the constructor as it is. */
  readonly props: Props;
  /** What the compiler says. */
  readonly sentence: string;
  /** What is said at synth: the field, and the words where they are not the API server's. */
  readonly refused: string;
}

const main = { name: 'main', image: 'busybox' };
const pod = { restartPolicy: 'Never', containers: [main] };
const needs: Readonly<Record<Kind, Props>> = {
  NonParallel: {}, FixedCompletion: { completions: 3 }, Indexed: { completions: 3 }, WorkQueue: { parallelism: 2 },
};

/** A value that the field has where it is allowed. */
const values: Props = {
  template: { spec: {} },
  completionMode: 'Indexed',
  completions: 3,
  parallelism: 2,
  backoffLimitPerIndex: 1,
  maxFailedIndexes: 1,
  successPolicy: { rules: [{ succeededCount: 1 }] },
  peers: true,
};

/** A value that the kind does not have: what an Indexed Job means anyway may be written out, where types are cast away. */
const valueOf = (kind: Kind, field: string): unknown => kind === 'Indexed' && field === 'completionMode' ? 'NonIndexed' : values[field];

const kinds = Object.keys(kindRefuses) as readonly Kind[];

const ofKinds = kinds.flatMap((kind) => Object.entries(kindRefuses[kind]).map(([field, sentence]): Case => ({
  construct: `${kind}Job`, props: { ...pod, ...needs[kind], [field]: valueOf(kind, field) }, sentence, refused: `spec.${field}: `,
})));

const ofScheduledKinds = kinds.flatMap((kind) => Object.entries(scheduledKindRefuses[kind]).map(([field, sentence]): Case => ({
  construct: 'ScheduledJob',
  props: { schedule: '@daily', job: { ...pod, type: kind, ...needs[kind], [field]: valueOf(kind, field) } },
  sentence,
  refused: `spec.jobTemplate.spec.${field}: `,
})));

const placedByUs = ['peers', 'podMetadata', 'podActiveDeadlineSeconds', 'type'];
const jobFields = [...fieldsOfType('v1.JobSpec').keys(), ...fieldsOfType('v1.PodSpec').keys(), ...placedByUs].filter(isFieldOfJob);

const besideJob = [...new Set(jobFields)].map((field): Case => ({
  construct: 'ScheduledJob',
  props: { schedule: '@daily', job: pod, [field]: 'x' },
  sentence: misplaced(field),
  refused: `spec.${field}: Forbidden: ${misplaced(field)}`,
}));

const inSchedule = (props: Props): Props => ({ schedule: '@daily', job: { ...pod, ...props } });
const inContainer = (fields: Props): Props => ({ ...pod, containers: [{ ...main, ...fields }] });
const inInit = (fields: Props): Props => ({ ...pod, initContainers: [{ name: 'first', image: 'busybox', ...fields }] });
const rule = (...rules: readonly unknown[]): Props => ({ ...pod, podFailurePolicy: { rules } });
const exits = { operator: 'In', values: [42] };
const exec = { exec: { command: ['true'] } };
const template = 'spec.template.spec';

/** What each of the other sentences is for: construct, props, field at synth. */
const others: Readonly<Record<keyof typeof otherRefusals, readonly [Case['construct'], Props, string]>> = {
  restartPolicy: ['NonParallelJob', { ...pod, restartPolicy: 'Always' }, `${template}.restartPolicy`],
  podFailurePolicyWhenReplacedEarly: [
    'NonParallelJob', { ...rule({ action: 'FailJob', onExitCodes: exits }), podReplacementPolicy: 'TerminatingOrFailed' }, 'spec.podReplacementPolicy',
  ],
  podFailurePolicyWhenRestarted: ['NonParallelJob', { ...rule(), restartPolicy: 'OnFailure' }, `${template}.restartPolicy`],
  failIndexNeedsIndexed: ['NonParallelJob', rule({ action: 'FailIndex', onExitCodes: exits }), 'spec.podFailurePolicy.rules[0].action'],
  failIndexNeedsPerIndex: [
    'IndexedJob', { ...rule({ action: 'FailIndex', onExitCodes: exits }), completions: 3 }, 'spec.podFailurePolicy.rules[0].action',
  ],
  scheduledFailIndex: [
    'ScheduledJob', inSchedule({ podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: exits }] }, type: 'FixedCompletion', completions: 3 }),
    'spec.jobTemplate.spec.podFailurePolicy.rules[0].action',
  ],
  maxFailedIndexesNeedsPerIndex: ['IndexedJob', { ...pod, completions: 3, maxFailedIndexes: 1 }, 'spec.backoffLimitPerIndex'],
  selectorNeedsManual: ['NonParallelJob', { ...pod, selector: { matchLabels: { app: 'x' } } }, 'spec.selector'],
  scheduledSelector: ['ScheduledJob', inSchedule({ selector: { matchLabels: { app: 'x' } } }), 'spec.jobTemplate.spec.selector'],
  scheduledManualSelector: ['ScheduledJob', inSchedule({ manualSelector: true }), 'spec.jobTemplate.spec.manualSelector'],
  reservedLabel: ['NonParallelJob', { ...pod, podMetadata: { labels: { 'job-name': 'x' } } }, 'spec.template.metadata.labels[job-name]'],
  ephemeralContainers: ['NonParallelJob', { ...pod, ephemeralContainers: [{ name: 'x', image: 'x' }] }, `${template}.ephemeralContainers`],
  oneVolumeSource: ['NonParallelJob', { ...pod, volumes: [{ name: 'v', emptyDir: {}, secret: { secretName: 's' } }] }, `${template}.volumes[0].secret`],
  oneEnvSource: [
    'NonParallelJob',
    inContainer({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' }, configMapKeyRef: { name: 'c', key: 'k' } } }] }),
    `${template}.containers[0].env[0].valueFrom`,
  ],
  oneEnvFromSource: [
    'NonParallelJob', inContainer({ envFrom: [{ secretRef: { name: 's' }, configMapRef: { name: 'c' } }] }), `${template}.containers[0].envFrom`,
  ],
  oneHandler: ['NonParallelJob', inContainer({ livenessProbe: { ...exec, tcpSocket: { port: 80 } } }), `${template}.containers[0].livenessProbe.tcpSocket`],
  valueOrSource: [
    'NonParallelJob', inContainer({ env: [{ name: 'A', value: 'x', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }),
    `${template}.containers[0].env[0].valueFrom`,
  ],
  exitCodesOrConditions: [
    'NonParallelJob', rule({ action: 'FailJob', onExitCodes: exits, onPodConditions: [{ type: 'DisruptionTarget' }] }), 'spec.podFailurePolicy.rules[0]',
  ],
  initProbe: ['NonParallelJob', inInit({ livenessProbe: exec }), `${template}.initContainers[0].livenessProbe`],
  initLifecycle: ['NonParallelJob', inInit({ lifecycle: { preStop: exec } }), `${template}.initContainers[0].lifecycle`],
  emptySuccess: ['IndexedJob', { ...pod, completions: 3, successPolicy: { rules: [{}] } }, 'spec.successPolicy.rules[0]'],
  emptyExitCodes: [
    'NonParallelJob', rule({ action: 'FailJob', onExitCodes: { operator: 'In', values: [] } }), 'spec.podFailurePolicy.rules[0].onExitCodes.values',
  ],
  noSuchVolume: [
    'NonParallelJob', { ...inContainer({ volumeMounts: [{ name: 'date', mountPath: '/data' }] }), volumes: [{ name: 'data', emptyDir: {} }] },
    `${template}.containers[0].volumeMounts[0].name`,
  ],
  noSuchContainer: [
    'NonParallelJob', rule({ action: 'FailJob', onExitCodes: { ...exits, containerName: 'mian' } }), 'spec.podFailurePolicy.rules[0].onExitCodes.containerName',
  ],
  serverSet: ['NonParallelJob', { ...pod, metadata: { name: 'x', uid: '1' } }, 'metadata.uid'],
};

const ofOthers = (Object.keys(others) as ReadonlyArray<keyof typeof others>).map((name): Case => {
  const [construct, props, field] = others[name];
  return { construct, props, sentence: otherRefusals[name], refused: `${field}: ` };
});

const ofSchedules = Object.entries(scheduledRefuses).map(([field, sentence]): Case => ({
  construct: 'ScheduledJob', props: { schedule: '@daily', job: pod, [field]: {} }, sentence, refused: `${field === 'rerun' ? '' : 'spec.'}${field}: Forbidden: ${sentence}`,
}));

const ofMetadata = serverSetFields.map((field): Case => ({
  construct: 'NonParallelJob', props: { ...pod, metadata: { [field]: 'x' } }, sentence: otherRefusals.serverSet, refused: `metadata.${field}: `,
}));

const cases = [...ofKinds, ...ofScheduledKinds, ...ofSchedules, ...besideJob, ...ofOthers, ...ofMetadata];
const head = ["import { Chart } from 'cdk8s';", "import * as jobs from 'cdk8s-jobs';", 'declare const chart: Chart;'];
const lines = cases.map(({ construct, props }, index) => `new jobs.${construct}(chart, 'c${index}', ${JSON.stringify(props)});`);
const program = compile([], { 'refusals.ts': [...head, ...lines].join('\n') });
const said = diagnose(program, 'refusals.ts');

test.each(cases.map((entry, index) => ({ ...entry, line: head.length + index + 1 })))(
  '$construct: $sentence',
  ({ construct, props, sentence, refused, line }) => {
    expect(said.filter((entry) => entry.line === line).map(({ message }) => message).join('\n')).toContain(sentence);
    const chart = newChart();
    const Construct = jobs[construct] as new (scope: Chart, id: string, given: never) => unknown;
    new Construct(chart, 'x', untyped(props));
    expect(refusal(() => synth(chart)).join('\n')).toContain(refused);
  },
);
