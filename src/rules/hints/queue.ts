import { type Decoded } from '../../api/decoded';
import { type Container, type CronJob, type JobTemplateSpec } from '../../api/kubernetes';
import { kueueGroup, minParallelismAnnotation, queueNameLabel } from '../../api/kueue';
import { checkDnsSubdomain } from '../../api/names';
import { FieldPath } from '../../core/field-path';
import { eachContainer } from '../pod/containers';
import { type Rule, type RuleGroup, type Scope } from '../rule/rule';
import { inCronJob, inJob, minimalContainer, minimalPod } from '../rule/wrap';

/** A Job, or the template of one in a CronJob: both have metadata and a spec. */
type Queued = Decoded<JobTemplateSpec>;

const maxExecTimeLabel = `${kueueGroup}/max-exec-time-seconds`;
const equalParallelismAnnotation = `${kueueGroup}/job-completions-equal-parallelism`;
const webhook = 'kueue pkg/controller/jobs/job/job_webhook.go JobWebhook.validateCreate (Kueue v0.17.0)';
const framework = 'kueue pkg/controller/jobframework/validation.go ValidateJobOnCreate (Kueue v0.17.0)';

/** What Kueue's webhook refuses; it looks at every Job, whether that names a queue or not. */
const webhookGroup: RuleGroup<Queued> = {
  at: '',
  source: webhook,
  wrap: (job) => ({ ...inJob({}), ...job }),
  rules: [
    ofLabel({
      id: 'kueue-queue-name-well-formed',
      key: queueNameLabel,
      message: 'is no name that a queue can have',
      source: framework,
      problem: (value) => checkDnsSubdomain(value).join(','),
      examples: { bad: [labelled(queueNameLabel, 'Team_A')], good: [labelled(queueNameLabel, 'team-a')] },
    }),
    ofLabel({
      id: 'kueue-max-exec-time-positive',
      key: maxExecTimeLabel,
      message: 'should be greater than 0',
      source: framework,
      problem: (value) => problemOfNumber(value, (number) => (number <= 0n ? 'should be greater than 0' : undefined)),
      examples: { bad: [labelled(maxExecTimeLabel, '0'), labelled(maxExecTimeLabel, '5m')], good: [labelled(maxExecTimeLabel, '300')] },
    }),
    ofAnnotation({
      id: 'kueue-min-parallelism-below-pods',
      key: minParallelismAnnotation,
      message: 'should be at least 1, and less than the pods that run at once',
      problem: (value, { spec }) => problemOfNumber(value, (minimum) => problemOfMinimum(minimum, podsAtOnce(spec))),
      examples: {
        bad: [annotated(minParallelismAnnotation, '3', { parallelism: 3, completions: 9 }), annotated(minParallelismAnnotation, 'half', { parallelism: 3 })],
        good: [annotated(minParallelismAnnotation, '2', { parallelism: 3, completions: 9 })],
      },
    }),
    ofAnnotation({
      id: 'kueue-completions-equal-parallelism',
      key: equalParallelismAnnotation,
      message: 'should not be enabled for NonIndexed jobs',
      problem: (value, { spec }, scope) => {
        if (!goBooleans.has(value)) return `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;
        if (!goTrues.has(value)) return undefined;
        const { completions = 1, parallelism = 1, completionMode } = spec ?? {};
        const message = `should be equal to parallelism when ${equalParallelismAnnotation} is annotation is true`;
        if (completions !== parallelism) scope.report(spec?.completions, scope.at.child('spec', 'completions'), message);
        return completionMode === 'Indexed' ? undefined : 'should not be enabled for NonIndexed jobs';
      },
      examples: {
        bad: [
          annotated(equalParallelismAnnotation, 'true', { parallelism: 3, completions: 3 }), annotated(equalParallelismAnnotation, 'yes', {}),
          annotated(equalParallelismAnnotation, 'true', { parallelism: 2, completions: 3, completionMode: 'Indexed' }),
        ],
        good: [
          annotated(equalParallelismAnnotation, 'true', { parallelism: 3, completions: 3, completionMode: 'Indexed' }),
          annotated(equalParallelismAnnotation, 'false', {}),
        ],
      },
    }),
  ],
};

const source = 'advice of cdk8s-jobs: Kueue says nothing';

/** What Kueue takes, and what then does not work as it looks. */
const queuedGroup: RuleGroup<Queued> = {
  at: '',
  source,
  wrap: (job) => ({ ...inJob({}), ...job }),
  rules: [{
    id: 'kueue-requests-written',
    field: 'spec.template.spec.{initContainers,containers}[*].resources.requests',
    type: 'Required',
    severity: 'advice',
    message: 'without it Kueue counts the container as nothing and admits it at once, unless a LimitRange of the namespace says what it asks for',
    finds: ({ metadata, spec }, scope) => {
      if (metadata?.labels?.[queueNameLabel] === undefined) return;
      eachContainer(spec?.template?.spec ?? {}, scope.at.child('spec', 'template', 'spec'), (container, at) => {
        if (!asksForSomething(container)) scope.report(undefined, at.child('resources', 'requests'));
      });
    },
    examples: {
      bad: [labelled(queueNameLabel, 'team')],
      good: [{}, { ...labelled(queueNameLabel, 'team'), spec: specWith({ requests: { cpu: '1' } }) }, { ...labelled(queueNameLabel, 'team'), spec: specWith({ limits: { cpu: '1' } }) }],
    },
  }],
};

const cronJobGroup: RuleGroup<Decoded<CronJob>> = {
  at: '',
  source,
  wrap: (metadata) => ({ ...inCronJob({}), metadata: { name: 'demo', ...metadata } }),
  rules: [{
    id: 'kueue-queue-in-job-template',
    field: 'metadata.labels',
    type: 'Invalid',
    severity: 'advice',
    message: 'says nothing about the Jobs, which start at once: the queue is a label of spec.jobTemplate.metadata',
    finds: ({ metadata, spec }, scope) => {
      const name = metadata?.labels?.[queueNameLabel];
      if (name === undefined || spec?.jobTemplate?.metadata?.labels?.[queueNameLabel] !== undefined) return;
      scope.report(name, scope.at.child('metadata', 'labels').key(queueNameLabel));
    },
    examples: { bad: [{ labels: { [queueNameLabel]: 'team' } }], good: [{ labels: { app: 'x' } }] },
  }],
};

/** Rules about Jobs in the queues of Kueue. */
export const queueRules = { webhook: webhookGroup, queued: queuedGroup, cronJob: cronJobGroup };

/** Looks at a Job, or the template in a CronJob, with the eyes of Kueue's webhook. */
export function checkQueue(object: Queued & Decoded<CronJob>, scope: Scope): void {
  const [job, at] = scope.kind === 'Job' ? [object, FieldPath.root] : [object.spec?.jobTemplate ?? {}, FieldPath.root.child('spec', 'jobTemplate')];
  if (job.metadata?.labels !== undefined || job.metadata?.annotations !== undefined) scope.check(queueRules.webhook, job, at);
}

/** Looks for what Kueue would take, and what would then not work as it looks. */
export function checkQueueAdvice(object: Queued & Decoded<CronJob>, scope: Scope): void {
  if (scope.kind === 'Job') return void (object.metadata?.labels === undefined || scope.check(queueRules.queued, object, FieldPath.root));
  scope.check(queueRules.queued, object.spec?.jobTemplate ?? {}, FieldPath.root.child('spec', 'jobTemplate'));
  scope.check(queueRules.cronJob, object, FieldPath.root);
}

/** A rule about the value of one label or annotation. */
interface ValueRule extends Pick<Rule<Queued>, 'id' | 'message' | 'examples' | 'source'> {
  readonly key: string;
  /** What is wrong with the value, in Kueue's words; undefined or empty if nothing is. */
  readonly problem: (value: string, job: Queued, scope: Scope) => string | undefined;
}

function ofLabel(rule: ValueRule): Rule<Queued> {
  return ofEntry('labels', rule);
}

function ofAnnotation(rule: ValueRule): Rule<Queued> {
  return ofEntry('annotations', rule);
}

function ofEntry(map: 'labels' | 'annotations', { key, problem, ...rule }: ValueRule): Rule<Queued> {
  return {
    ...rule,
    field: `metadata.${map}`,
    type: 'Invalid',
    severity: 'warning',
    finds: (job, scope) => {
      const value = job.metadata?.[map]?.[key];
      const message = value === undefined ? undefined : problem(value, job, scope);
      if (message !== undefined && message !== '') scope.report(value, scope.at.child('metadata', map).key(key), message);
    },
  };
}

/** What Go's Atoi says of a text that is no whole number, else what `problem` says of the number. */
function problemOfNumber(text: string, problem: (value: bigint) => string | undefined): string | undefined {
  if (!/^[+-]?\d+$/.test(text)) return `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(64, value) === value ? problem(value) : `strconv.Atoi: parsing ${JSON.stringify(text)}: value out of range`;
}

function problemOfMinimum(written: bigint, pods: number): string | undefined {
  // Kueue, too, reads it as a number of 32 bits.
  const minimum = Number(BigInt.asIntN(32, written));
  return minimum >= pods || minimum <= 0 ? `should be between 0 and ${pods - 1}` : undefined;
}

/** @source kueue pkg/controller/jobs/job/job_controller.go podsCount (Kueue v0.17.0) */
function podsAtOnce({ parallelism = 1, completions = parallelism }: NonNullable<Queued['spec']> = {}): number {
  return Math.min(parallelism, completions);
}

/** @source go src/strconv/atob.go ParseBool */
const goTrues: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const goBooleans: ReadonlySet<string> = new Set([...goTrues, '0', 'f', 'F', 'FALSE', 'false', 'False']);

/** Kueue takes limits for requests that are not written. */
function asksForSomething({ resources: { requests = {}, limits = {} } = {} }: Decoded<Container>): boolean {
  return Object.keys(requests).length + Object.keys(limits).length > 0;
}

function labelled(key: string, value: string): object {
  return { metadata: { name: 'demo', labels: { [key]: value } } };
}

function annotated(key: string, value: string, spec: object): object {
  return { metadata: { name: 'demo', annotations: { [key]: value } }, spec: { template: { spec: minimalPod }, ...spec } };
}

function specWith(resources: object): object {
  return { template: { spec: { ...minimalPod, containers: [{ ...minimalContainer, resources }] } } };
}
