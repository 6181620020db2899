import { Chart } from 'cdk8s';
import {
  CommonJobProps, ContainerProps, EnvVarProps, FixedCompletionJob, FixedCompletionJobProps, IndexedJob, IndexedJobProps, JobTemplateProps, NonParallelJob,
  ExitCodesRuleProps, FailureAction, NonParallelJobProps, PodFailurePolicyProps, PodProps, RestartPolicy, ScheduledJob, ScheduledJobProps, WorkQueueJob, WorkQueueJobProps,
} from 'cdk8s-jobs';
import { Construct } from 'constructs';

declare const chart: Chart;
const containers: readonly ContainerProps[] = [{ name: 'main', image: 'busybox' }];

// Interfaces of one's own: all fields, some of them, and fields made narrower.
export interface WithTeam extends NonParallelJobProps { readonly team: string }
export interface WithoutContainers extends Omit<NonParallelJobProps, 'containers'> { readonly image: string }
export interface OnlySome extends Pick<FixedCompletionJobProps, 'backoffLimit' | 'completions'> { readonly image: string }
export interface Optional extends Partial<IndexedJobProps> { readonly image: string }
export interface Restarted extends WorkQueueJobProps { readonly restartPolicy: 'OnFailure'; readonly podFailurePolicy?: never }
export interface NeverRestarted extends FixedCompletionJobProps<'Never'> { readonly team: string }
export interface Scheduled extends ScheduledJobProps { readonly team: string }
export interface NightlyProps extends Omit<ScheduledJobProps, 'job' | 'schedule'> { readonly job: Omit<JobTemplateProps<'Indexed'>, 'type'> }
export interface IndexedTemplate extends JobTemplateProps<'Indexed'> { readonly team: string }
export interface CommonToAll extends CommonJobProps { readonly team: string }
export interface OnlyPods extends PodProps { readonly team: string }

declare const withTeam: WithTeam;
declare const withoutContainers: WithoutContainers;
declare const onlySome: OnlySome;
declare const optional: Optional;
declare const restarted: Restarted;
declare const neverRestarted: NeverRestarted;
declare const scheduled: Scheduled;
declare const nightly: NightlyProps;
declare const common: CommonToAll;
declare const pods: OnlyPods;

new NonParallelJob(chart, 'with-team', withTeam);
new NonParallelJob(chart, 'without-containers', { ...withoutContainers, containers: [{ name: 'main', image: withoutContainers.image }] });
new FixedCompletionJob(chart, 'only-some', { ...onlySome, restartPolicy: 'Never', containers });
new IndexedJob(chart, 'optional', { restartPolicy: 'Never', completions: 3, containers, ...optional });
new IndexedJob(chart, 'optional-under', { ...optional, restartPolicy: 'Never', completions: 3, containers });
new WorkQueueJob(chart, 'restarted', restarted);
new FixedCompletionJob(chart, 'never-restarted', neverRestarted);
new ScheduledJob(chart, 'scheduled', scheduled);
new ScheduledJob(chart, 'nightly', { ...nightly, schedule: '@daily', job: { ...nightly.job, type: 'Indexed' } });
new IndexedJob(chart, 'common', { ...common, completions: 3, podFailurePolicy: { rules: [] } });
new IndexedJob(chart, 'common-indexed', { ...common, completions: 3 });
new NonParallelJob(chart, 'common-single', { ...common, containers });
new FixedCompletionJob(chart, 'common-fixed', { ...common, completions: 3 });
new WorkQueueJob(chart, 'common-queue', { ...common, parallelism: 3 });
new ScheduledJob(chart, 'common-scheduled', { schedule: '@daily', job: common });
new ScheduledJob(chart, 'common-in-shards', { schedule: '@daily', job: { ...common, type: 'Indexed', completions: 3 } });
new NonParallelJob(chart, 'pods', pods);

// Spread: defaults below, and what must not be changed above.
declare const single: NonParallelJobProps;
declare const fixed: FixedCompletionJobProps;
declare const indexed: IndexedJobProps;
declare const queue: WorkQueueJobProps;
new NonParallelJob(chart, 'replaced', { ...single, podReplacementPolicy: 'TerminatingOrFailed' });
new NonParallelJob(chart, 'pulled', { ...single, restartPolicy: 'Never', dnsPolicy: 'None' });
new NonParallelJob(chart, 'defaults', { backoffLimit: 0, ...single });
new NonParallelJob(chart, 'fixed-policy', { ...single, restartPolicy: 'Never' });
new NonParallelJob(chart, 'own-metadata', { ...single, metadata: { ...single.metadata, labels: { ...single.metadata?.labels, team: 'x' } } });
new FixedCompletionJob(chart, 'more', { ...fixed, restartPolicy: 'Never', completions: fixed.completions + 1 });
new IndexedJob(chart, 'indexed', { ...indexed, restartPolicy: 'Never', maxFailedIndexes: 1 });
new WorkQueueJob(chart, 'queue', { ...queue, restartPolicy: 'Never', volumes: [...queue.volumes ?? [], { name: 'scratch', emptyDir: {} }] });
new ScheduledJob(chart, 'suspended', { ...scheduled, suspend: true, job: { ...scheduled.job, suspend: false } });

// Generics: a function over any props that extend ours gives back what it was given.
function withTtl<Props extends NonParallelJobProps>(props: Props): Props {
  return { ...props, ttlSecondsAfterFinished: 3600 };
}
function make<Props extends IndexedJobProps>(id: string, props: Props): IndexedJob {
  new IndexedJob(chart, `${id}-again`, { ...props, suspend: true });
  return new IndexedJob(chart, id, props);
}
function limit<Props extends CommonJobProps>(props: Props): Props {
  return { ...props, activeDeadlineSeconds: props.activeDeadlineSeconds ?? 600 };
}
function restarting<Restart extends RestartPolicy>(id: string, restartPolicy: Restart): IndexedJob {
  new ScheduledJob(chart, `${id}-nightly`, { schedule: '@daily', job: { restartPolicy, containers } });
  return new IndexedJob(chart, id, { restartPolicy, completions: 2, containers });
}
export const team: string = withTtl(withTeam).team;
export const made = [restarting('c', 'Never'), make('a', indexed), make('b', { completions: 1, restartPolicy: 'Never', containers })];
new NonParallelJob(chart, 'limited', limit(single));
new NonParallelJob(chart, 'known', withTtl({ restartPolicy: 'OnFailure', containers }));

// One kind of props where the same kind is wanted, with a known policy or without.
export const known: NonParallelJobProps<'Never'> = { restartPolicy: 'Never', containers, podFailurePolicy: { rules: [] } };
export const spread: NonParallelJobProps = { ...known };
export const shared: CommonJobProps = single;
export const pod: PodProps = single;
export const variables: readonly EnvVarProps[] = [{ name: 'A', value: 'b' }];

// Subclasses pass on what they were given.
export class Team extends NonParallelJob {
  constructor(scope: Construct, id: string, { team, ...rest }: WithTeam) {
    super(scope, id, { backoffLimit: 0, ...rest, podMetadata: { ...rest.podMetadata, labels: { ...rest.podMetadata?.labels, team } } });
  }
}
export class OfImage extends IndexedJob {
  constructor(scope: Construct, id: string, { image, ...rest }: Optional) {
    super(scope, id, { restartPolicy: 'Never', completions: 1, ...rest, containers: [{ name: 'main', image }] });
  }
}

// A construct around one of ours: literals of its own beside what it was given.
interface MigrationProps extends Omit<NonParallelJobProps, 'containers' | 'restartPolicy'> { readonly image: string }
export class MigrationJob extends Construct {
  constructor(scope: Construct, id: string, { image, ...rest }: MigrationProps) {
    super(scope, id);
    new NonParallelJob(this, 'job', { backoffLimit: 0, ...rest, restartPolicy: 'Never', containers: [{ name: 'migrate', image }] });
  }
}
new MigrationJob(chart, 'orders', { image: 'busybox', ttlSecondsAfterFinished: 60 });

// A failure policy that is kept in a variable fits all kinds of Job; one that gives up single indexes says so, and fits IndexedJob.
const disruptions: PodFailurePolicyProps = { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] };
const rules: readonly ExitCodesRuleProps[] = [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }];
const perIndex: PodFailurePolicyProps<string, FailureAction> = { rules: [...rules, { action: 'FailIndex', onExitCodes: { operator: 'In', values: [43] } }] };
const never = { restartPolicy: 'Never', containers } as const;
new NonParallelJob(chart, 'policy-of-one', { ...never, podFailurePolicy: disruptions });
new FixedCompletionJob(chart, 'policy-of-many', { ...never, completions: 3, podFailurePolicy: { rules } });
new WorkQueueJob(chart, 'policy-of-workers', { ...never, parallelism: 3, podFailurePolicy: { rules: [...disruptions.rules, ...rules] } });
new IndexedJob(chart, 'policy-of-indexes', { ...never, completions: 3, podFailurePolicy: disruptions });
new IndexedJob(chart, 'policy-per-index', { ...never, completions: 3, backoffLimitPerIndex: 1, podFailurePolicy: perIndex });
new ScheduledJob(chart, 'policy-of-runs', { schedule: '@daily', job: { ...never, podFailurePolicy: disruptions } });

// So does the policy of one kind's props, where it gives up no indexes.
declare const ofSingle: NonNullable<NonParallelJobProps['podFailurePolicy']>;
new ScheduledJob(chart, 'policy-of-props', { schedule: '@daily', job: { ...never, podFailurePolicy: ofSingle } });
new ScheduledJob(chart, 'policy-of-shards', { schedule: '@daily', job: { ...never, type: 'Indexed', completions: 2, podFailurePolicy: ofSingle } });
new IndexedJob(chart, 'policy-of-single', { ...never, completions: 3, podFailurePolicy: ofSingle });
export const policy: PodFailurePolicyProps = ofSingle;
export const anyKind: CommonJobProps<RestartPolicy, string, string, FailureAction> = indexed;

// Members of enums stand where their texts do.
enum Policy { Never = 'Never', OnFailure = 'OnFailure' }
declare const chosen: Policy;
new NonParallelJob(chart, 'policy-of-member', { restartPolicy: Policy.Never, containers, podFailurePolicy: disruptions });
new NonParallelJob(chart, 'policy-of-enum', { restartPolicy: chosen, containers, podFailurePolicy: disruptions });
new ScheduledJob(chart, 'policy-of-runs-by-enum', { schedule: '@daily', job: { restartPolicy: Policy.Never, containers, podFailurePolicy: disruptions } });
enum Volume { Data = 'data', Cache = 'cache' }
const mounting = [{ name: 'main', image: 'busybox', volumeMounts: [{ name: 'data', mountPath: '/data' }, { name: Volume.Cache, mountPath: '/cache' }] }] as const;
new NonParallelJob(chart, 'mounted-by-text', {
  restartPolicy: 'Never', containers: mounting, volumes: [{ name: Volume.Data, emptyDir: {} }, { name: 'cache', emptyDir: {} }],
});
new ScheduledJob(chart, 'volumes-of-runs', {
  schedule: '@daily', job: { restartPolicy: 'Never', containers: mounting, volumes: [{ name: Volume.Data, emptyDir: {} }, { name: Volume.Cache, emptyDir: {} }] },
});
enum Part { Main = 'main' }
new FixedCompletionJob(chart, 'ruled-by-text', {
  completions: 2, restartPolicy: 'Never', containers: [{ name: Part.Main, image: 'busybox' }],
  podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { containerName: 'main', operator: 'In', values: [1] } }] },
});
new FixedCompletionJob(chart, 'ruled-by-member', {
  completions: 2, restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }],
  podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { containerName: Part.Main, operator: 'In', values: [1] } }] },
});
