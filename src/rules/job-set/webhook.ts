import { inJobSet, inSecondEntry } from './in-job-set';
import type { Decoded } from '../../api/decoded';
import { childJobName, type JobSetObject, type ReplicatedJob } from '../../api/job-set';
import { checkDnsSubdomain, checkDomainPrefixedPath, checkLabelValue, checkStartingLabel } from '../../api/names';
import type { FieldPath } from '../../core/field-path';
import { type Rule, type RuleGroup, type Scope } from '../rule/rule';
import { minimalPod } from '../rule/wrap';

type Target = Decoded<JobSetObject>;
type Entry = Decoded<ReplicatedJob>;

const webhook = 'sigs.k8s.io/jobset pkg/webhooks/jobset_webhook.go ValidateCreate (JobSet v0.11.1)';
const indexed = (completions: number, others: object = {}): object => (
  { template: { spec: { completions, ...others, template: { spec: minimalPod } } } }
);

/** What the JobSet controller's webhook refuses of entries: names that become those of Jobs and pods, and their order. */
const entriesGroup: RuleGroup<Target> = {
  at: '',
  source: webhook,
  wrap: inJobSet,
  rules: [
    rule({
      id: 'first-replicated-job-waits-for-none',
      field: 'spec.replicatedJobs[0].dependsOn',
      type: 'Forbidden',
      message: "DependsOn can't be set for the first ReplicatedJob: list it behind the one that it waits for",
      finds: ({ spec }, scope) => {
        if (spec?.replicatedJobs?.[0]?.dependsOn !== undefined) scope.report(undefined, entryPath(scope, 0).child('dependsOn'));
      },
      examples: {
        bad: [{ replicatedJobs: [{ name: 'leader', dependsOn: [{ name: 'leader', status: 'Ready' }], ...indexed(1) }] }],
        good: [inSecondEntry({ dependsOn: [{ name: 'leader', status: 'Ready' }] })],
      },
    }),
    rule({
      id: 'depends-on-an-earlier-one',
      field: 'spec.replicatedJobs[*].dependsOn[*].name',
      message: 'must be the name of a replicatedJob that stands before this one',
      finds: (target, scope) => eachEntry(target, scope, ({ dependsOn = [] }, at, position) => {
        // The first entry has a rule of its own.
        if (position === 0) return;
        const earlier = namesOf(target).slice(0, position + 1);
        dependsOn.forEach(({ name = '' }, index) => {
          if (!earlier.includes(name)) scope.report(name, at.child('dependsOn').index(index).child('name'));
        });
      }),
      examples: {
        bad: [inSecondEntry({ dependsOn: [{ name: 'feeder', status: 'Ready' }] })],
        good: [inSecondEntry({ dependsOn: [{ name: 'leader', status: 'Ready' }] })],
      },
    }),
    rule({
      id: 'group-name-is-a-label',
      field: 'spec.replicatedJobs[*].groupName',
      message: 'must be a DNS-1035 label of at most 63 characters',
      finds: (target, scope) => eachEntry(target, scope, ({ groupName = '' }, at) => {
        if (groupName !== '') scope.reportAll(checkStartingLabel(groupName), groupName, at.child('groupName'));
      }),
      examples: { bad: [inSecondEntry({ groupName: 'Group' })], good: [inSecondEntry({ groupName: 'gpu' })] },
    }),
    rule({
      id: 'jobs-of-set-can-be-named',
      field: 'spec.replicatedJobs[*].name',
      message: 'with the name of the JobSet and an index it must be a DNS-1035 label of at most 63 characters',
      finds: (target, scope) => eachEntry(target, scope, (entry, at) => {
        const name = longestJobName(target, entry);
        scope.reportAll(checkStartingLabel(name), name, at.child('name'));
      }),
      examples: { bad: [inSecondEntry({ name: 'Workers' }), inSecondEntry({ name: 'w'.repeat(60) })], good: [inSecondEntry({ replicas: 12 })] },
    }),
    rule({
      id: 'pods-of-set-can-be-named',
      field: 'spec.replicatedJobs[*].name',
      message: 'JobSet name is too long, pod names generated for this JobSet will exceed 63 characters',
      finds: (target, scope) => eachEntry(target, scope, (entry, at) => {
        const job = longestJobName(target, entry);
        const completions = entry.template?.spec?.completions;
        if (completions === undefined || !isIndexed(entry) || checkStartingLabel(job).length > 0) return;
        if (`${job}-${completions - 1}-abcde`.length > 63) scope.report(job, at.child('name'));
      }),
      examples: {
        bad: [{ replicatedJobs: [{ name: 'w'.repeat(50), ...indexed(10) }] }],
        good: [{ replicatedJobs: [{ name: 'w'.repeat(50), ...indexed(10, { completionMode: 'NonIndexed' }) }] }],
      },
    }),
    rule({
      id: 'pods-of-set-can-be-counted',
      field: 'spec.replicatedJobs[*].replicas',
      message: 'the product of replicas and parallelism must not exceed 2147483647',
      finds: (target, scope) => eachEntry(target, scope, (entry, at) => {
        const { replicas = 1 } = entry;
        if (replicas * (entry.template?.spec?.parallelism ?? 1) > 2_147_483_647) scope.report(replicas, at.child('replicas'));
      }),
      examples: {
        bad: [inSecondEntry({ replicas: 100_000, ...indexed(1, { parallelism: 100_000 }) })],
        good: [inSecondEntry({ replicas: 100_000 })],
      },
    }),
  ],
};

/** What the webhook refuses of the set as a whole. */
const setGroup: RuleGroup<Target> = {
  at: '',
  source: webhook,
  wrap: inJobSet,
  rules: [
    rule({
      id: 'network-subdomain-names-a-service',
      field: 'spec.network.subdomain',
      message: 'must be a DNS-1035 label of at most 63 characters: a Service gets this name',
      finds: ({ spec }, scope) => {
        const subdomain = spec?.network?.subdomain ?? '';
        if (subdomain !== '') scope.reportAll([...checkDnsSubdomain(subdomain), ...checkStartingLabel(subdomain)], subdomain, scope.at.child('spec', 'network', 'subdomain'));
      },
      examples: { bad: [{ network: { subdomain: 'Net' } }, { network: { subdomain: '1net' } }], good: [{ network: { subdomain: 'net' } }] },
    }),
    rule({
      id: 'job-set-managed-by-well-formed',
      field: 'spec.managedBy',
      message: 'must be a domain-prefixed path of at most 63 characters (such as "acme.io/foo")',
      finds: ({ spec }, scope) => {
        const { managedBy } = spec ?? {};
        if (managedBy === undefined) return;
        const at = scope.at.child('spec', 'managedBy');
        for (const { value, problem } of checkDomainPrefixedPath(managedBy)) scope.report(value, at, problem);
        if (managedBy.length > 63) scope.report(managedBy, at, 'may not be more than 63 bytes');
      },
      examples: { bad: [{ managedBy: 'me' }, { managedBy: `acme.io/${'f'.repeat(60)}` }], good: [{ managedBy: 'kueue.x-k8s.io/multikueue' }] },
    }),
    rule({
      id: 'job-set-targets-exist',
      field: 'spec.successPolicy.targetReplicatedJobs[*]',
      message: 'must be the name of one of the replicatedJobs',
      finds: (target, scope) => {
        const names = namesOf(target);
        const { successPolicy, failurePolicy } = target.spec ?? {};
        const check = (targets: readonly string[] = [], at: FieldPath): void => targets.forEach((name, index) => {
          if (!names.includes(name)) scope.report(name, at.child('targetReplicatedJobs').index(index));
        });
        check(successPolicy?.targetReplicatedJobs, scope.at.child('spec', 'successPolicy'));
        failurePolicy?.rules?.forEach(({ targetReplicatedJobs }, index) => (
          check(targetReplicatedJobs, scope.at.child('spec', 'failurePolicy', 'rules').index(index))
        ));
      },
      examples: {
        bad: [
          { successPolicy: { operator: 'All', targetReplicatedJobs: ['driver'] } },
          { failurePolicy: { rules: [{ action: 'FailJobSet', targetReplicatedJobs: ['driver'] }] } },
        ],
        good: [{ successPolicy: { operator: 'All', targetReplicatedJobs: ['leader'] } }],
      },
    }),
    rule({
      id: 'in-place-restart-is-on',
      field: 'spec.failurePolicy.restartStrategy',
      type: 'Forbidden',
      message: 'InPlaceRestart restart strategy cannot be set when InPlaceRestart feature gate is disabled, as it is by default',
      finds: ({ spec }, scope) => {
        if (spec?.failurePolicy?.restartStrategy === 'InPlaceRestart') scope.report();
      },
      examples: { bad: [{ failurePolicy: { restartStrategy: 'InPlaceRestart' } }], good: [{ failurePolicy: { restartStrategy: 'Recreate' } }] },
    }),
    rule({
      id: 'coordinator-is-a-pod-of-the-set',
      field: 'spec.coordinator',
      message: 'must be a pod of an Indexed Job of the set whose completions are written',
      source: 'sigs.k8s.io/jobset pkg/webhooks/jobset_webhook.go validateCoordinator (JobSet v0.11.1)',
      finds: (target, scope) => {
        const { coordinator } = target.spec ?? {};
        const fault = coordinator === undefined ? undefined : coordinatorFault(target, coordinator);
        if (fault !== undefined) scope.report(fault.value, scope.at.child('spec', 'coordinator', fault.field), fault.message);
      },
      examples: {
        bad: [
          { coordinator: { replicatedJob: 'driver' } },
          { coordinator: { replicatedJob: 'leader' } },
          { coordinator: { replicatedJob: 'workers', podIndex: 4 }, ...inSecondEntry(indexed(4)) },
          { coordinator: { replicatedJob: 'workers', jobIndex: 1 }, ...inSecondEntry(indexed(4)) },
        ],
        good: [{ coordinator: { replicatedJob: 'workers', podIndex: 3 }, ...inSecondEntry(indexed(4)) }],
      },
    }),
  ],
};

/** The groups of the webhook that look at the whole object. */
export const jobSetWebhookRules = { entries: entriesGroup, set: setGroup };

function coordinatorFault(
  target: Target, { replicatedJob = '', jobIndex = 0, podIndex = 0 }: NonNullable<NonNullable<Target['spec']>['coordinator']>,
): { readonly field: string; readonly value: unknown; readonly message: string } | undefined {
  const entry = target.spec?.replicatedJobs?.find(({ name }) => name === replicatedJob);
  if (entry === undefined) return { field: 'replicatedJob', value: replicatedJob, message: 'coordinator replicatedJob does not exist' };
  const { replicas = 1, template } = entry;
  if (jobIndex < 0 || jobIndex >= replicas) return { field: 'jobIndex', value: jobIndex, message: `there are ${replicas} Jobs of ${replicatedJob}, counted from 0` };
  const completions = template?.spec?.completions;
  if (completions === undefined || !isIndexed(entry)) {
    return { field: 'replicatedJob', value: replicatedJob, message: 'job for coordinator pod must be indexed completion mode, and completions number must be set' };
  }
  if (podIndex < 0 || podIndex >= completions) return { field: 'podIndex', value: podIndex, message: `a Job of ${replicatedJob} has ${completions} indexes, counted from 0` };
  const endpoint = `${childJobName(nameOf(target), replicatedJob, jobIndex)}-${podIndex}.${target.spec?.network?.subdomain ?? nameOf(target)}`;
  const [problem] = checkLabelValue(endpoint);
  return problem === undefined ? undefined : { field: 'replicatedJob', value: endpoint, message: `becomes the value of a label: ${problem}` };
}

function rule({ type = 'Invalid', ...entry }: Omit<Rule<Target>, 'type'> & Partial<Pick<Rule, 'type'>>): Rule<Target> {
  return { ...entry, type };
}

function entryPath(scope: Scope, position: number): FieldPath {
  return scope.at.child('spec', 'replicatedJobs').index(position);
}

function eachEntry(target: Target, scope: Scope, look: (entry: Entry, at: FieldPath, position: number) => void): void {
  target.spec?.replicatedJobs?.forEach((entry, position) => look(entry, entryPath(scope, position), position));
}

function namesOf({ spec }: Target): string[] {
  return spec?.replicatedJobs?.map(({ name = '' }) => name) ?? [];
}

function nameOf({ metadata }: Target): string {
  return metadata?.name ?? '';
}

function longestJobName(target: Target, { name = '', replicas = 1 }: Entry): string {
  return childJobName(nameOf(target), name, replicas - 1);
}

/** Whether the Jobs of an entry are Indexed: all are for which nothing else is written. */
function isIndexed({ template }: Entry): boolean {
  return (template?.spec?.completionMode ?? 'Indexed') === 'Indexed';
}
