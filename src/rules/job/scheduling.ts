import { type Decoded } from '../../api/decoded';
import { type JobSchedulingConfiguration, type JobSpec, type JobTemplateSpec, type WorkloadPodGroupResourceClaim } from '../../api/kubernetes';
import { type FieldPath } from '../../core/field-path';
import { inRange, required, wellNamed, withinItems } from '../rule/makers/makers';
import { dnsLabel, dnsSubdomain, inBytes, qualifiedName } from '../rule/makers/names';
import { type Rule, type RuleGroup, type Scope } from '../rule/rule';
import { inJob, inMetadata, minimalPod } from '../rule/wrap';

/** More of them are not looked at. */
export const mostClaims = 4;

const source = 'pkg/apis/batch/validation/validation.go validateJobSpec (v1.37)';
const declared = 'pkg/apis/scheduling/v1alpha3/zz_generated.validations.go (v1.37)';
const gate = 'WorkloadWithJob';
const gates = [gate, 'GenericWorkload'] as const;

/** The annotations that leave the pod group of a Job to the Workload of another object. */
const delegations = ['scheduling.k8s.io/workload-name', 'scheduling.k8s.io/group-template-name'] as const;
const [workloadName, templateName] = delegations;

/** The fields of which one has to stand in an object. */
type OneOf = readonly [field: string, choices: readonly string[]];

/** How the pods of a Job are scheduled together: its fields alone. */
const configurationGroup: RuleGroup<Decoded<JobSchedulingConfiguration>> = {
  at: 'spec.scheduling',
  source: declared,
  since: 37,
  wrap: (scheduling) => inJob({ scheduling }),
  rules: [
    oneGiven('scheduling-policy-is-one', ['schedulingPolicy', ['basic', 'gang']]),
    inRange({
      id: 'gang-min-count-positive',
      field: 'schedulingPolicy.gang.minCount',
      gate,
      min: 1,
      examples: { bad: [{ schedulingPolicy: { gang: { minCount: 0 } } }], good: [{ schedulingPolicy: { gang: { minCount: 1 } } }], gates },
    }),
    withinItems({
      id: 'one-topology-constraint',
      field: 'schedulingConstraints.topology',
      message: 'must have at most 1 item',
      gate,
      most: 1,
      examples: {
        bad: [{ schedulingConstraints: { topology: [{ key: 'a' }, { key: 'b' }] } }], good: [{ schedulingConstraints: { topology: [{ key: 'a' }] } }], gates,
      },
    }),
    required({
      id: 'topology-key-of-group-given',
      field: 'schedulingConstraints.topology[*].key',
      gate,
      where: hasOneConstraint,
      examples: { bad: [{ schedulingConstraints: { topology: [{}] } }], good: [{ schedulingConstraints: { topology: [{ key: 'a' }] } }], gates },
    }),
    wellNamed({
      id: 'topology-key-of-group-well-formed',
      field: 'schedulingConstraints.topology[*].key',
      gate,
      where: hasOneConstraint,
      as: qualifiedName,
      examples: { bad: [{ schedulingConstraints: { topology: [{ key: 'a b' }] } }], good: [{ schedulingConstraints: { topology: [{ key: 'a' }] } }], gates },
    }),
    oneGiven('disruption-mode-is-one', ['disruptionMode', ['single', 'all']]),
    withinItems({
      id: 'within-4-group-claims',
      field: 'resourceClaims',
      gate,
      most: mostClaims,
      examples: { bad: [{ resourceClaims: claims(5) }], good: [{ resourceClaims: claims(4) }], gates },
    }),
    {
      id: 'group-claim-names-unique',
      field: 'resourceClaims[*]',
      type: 'Duplicate',
      message: '',
      gate,
      finds: ({ resourceClaims = [] }, scope) => {
        const seen = new Set<string>();
        if (resourceClaims.length <= mostClaims) {
          resourceClaims.forEach(({ name = '' }, position) => {
            if (seen.has(name)) scope.report(name, scope.at.child('resourceClaims').index(position));
            seen.add(name);
          });
        }
      },
      examples: { bad: [{ resourceClaims: [...claims(1), ...claims(1)] }], good: [{ resourceClaims: claims(2) }], gates },
    },
  ],
};

/** A claim that the pods of a group share. */
const claimGroup: RuleGroup<Decoded<WorkloadPodGroupResourceClaim>> = {
  at: 'spec.scheduling.resourceClaims[*]',
  source: declared,
  since: 37,
  wrap: (claim) => inJob({ scheduling: { resourceClaims: [{ name: 'a', resourceClaimName: 'c', ...claim }] } }),
  rules: [
    {
      id: 'group-claim-of-one-source',
      field: '',
      type: 'Invalid',
      message: 'must specify exactly one of: `resourceClaimName`, `resourceClaimTemplateName`',
      gate,
      finds: (claim, scope) => reportUnlessOne(claim, ['resourceClaimName', 'resourceClaimTemplateName'], scope, scope.at),
      examples: { bad: [{ resourceClaimName: undefined }, { resourceClaimTemplateName: 't' }], good: [{}], gates },
    },
    required({ id: 'group-claim-name-given', field: 'name', gate, examples: { bad: [{ name: '' }], good: [{}], gates } }),
    wellNamed({ id: 'group-claim-name-is-a-label', field: 'name', gate, as: inBytes(dnsLabel), examples: { bad: [{ name: 'A' }], good: [{}], gates } }),
    ...(['resourceClaimName', 'resourceClaimTemplateName'] as const).map((field) => wellNamed<Decoded<WorkloadPodGroupResourceClaim>>({
      id: `group-claim-${field === 'resourceClaimName' ? 'source' : 'template'}-well-formed`,
      field,
      gate,
      checks: 'given',
      as: inBytes(dnsSubdomain),
      examples: { bad: [{ resourceClaimName: undefined, [field]: 'A' }], good: [{ resourceClaimName: undefined, [field]: 'a' }], gates },
    })),
  ],
};

/** How the pods of a Job are scheduled together, against the rest of the Job. */
const jobGroup: RuleGroup<Decoded<JobSpec>> = {
  at: 'spec',
  source,
  since: 37,
  wrap: inJob,
  rules: [
    {
      id: 'gang-min-count-within-parallelism',
      field: 'scheduling.schedulingPolicy.gang.minCount',
      type: 'Invalid',
      message: 'must not be greater than parallelism',
      gate,
      source: 'pkg/apis/batch/validation/validation.go validateGangMinCount (v1.37)',
      when: 'scheduling',
      finds: ({ scheduling, parallelism = 1 }, scope) => {
        const minCount = scheduling?.schedulingPolicy?.gang?.minCount;
        if (minCount !== undefined && minCount > parallelism) scope.report(minCount, undefined, `must not be greater than parallelism (${parallelism})`);
      },
      examples: {
        bad: [{ scheduling: { schedulingPolicy: { gang: { minCount: 2 } } } }],
        good: [{ parallelism: 2, scheduling: { schedulingPolicy: { gang: { minCount: 2 } } } }],
        gates,
      },
    },
    {
      id: 'scheduling-without-scheduling-group',
      field: 'scheduling',
      type: 'Invalid',
      message: 'must not be set together with template.spec.schedulingGroup',
      gate,
      since: 38,
      source: 'pkg/apis/batch/validation/validation.go validateSchedulingAndSchedulingGroup (v1.38)',
      when: 'scheduling',
      finds: (spec, scope) => { if (hasBoth(spec) && !hasBoth(scope.old?.job)) scope.report(); },
      examples: {
        bad: [{ scheduling: {}, template: { spec: { ...minimalPod, schedulingGroup: { podGroupName: 'g' } } } }],
        good: [{ scheduling: {} }],
        minor: 38,
        gates,
      },
    },
    {
      id: 'basic-policy-disrupts-pods-alone',
      field: 'scheduling.disruptionMode',
      type: 'Invalid',
      message: 'the disruptionMode `all` is not supported with the Basic scheduling policy',
      gate,
      source: 'staging/src/k8s.io/component-helpers/scheduling/schedulingv1/workloadbuilder/validate.go validateDisruptionModeCompatibleWithSchedulingPolicy (v1.38)',
      when: 'scheduling',
      finds: ({ scheduling: { schedulingPolicy, disruptionMode } = {} }, scope) => {
        // Of two policies or modes, the first one counts here.
        const isBasic = schedulingPolicy?.basic !== undefined || schedulingPolicy?.gang === undefined;
        if (isBasic && disruptionMode?.single === undefined && disruptionMode?.all !== undefined) scope.report('');
      },
      examples: {
        bad: [{ scheduling: { disruptionMode: { all: {} } } }],
        good: [{ scheduling: { disruptionMode: { all: {} }, schedulingPolicy: { gang: {} } } }],
        gates,
      },
    },
  ],
};

/** Annotations that leave the pod group to another object's Workload: of a Job, and of the template of a CronJob. */
const delegationGroup: RuleGroup<DelegatingJob> = {
  at: 'metadata.annotations',
  source: 'pkg/apis/batch/validation/validation.go validateDelegationAnnotations (v1.38)',
  since: 38,
  wrap: (annotations) => inMetadata({ annotations }),
  rules: [{
    id: 'delegation-annotations-together',
    field: '[*]',
    type: 'Required',
    message: `must be set to a non-empty value when ${workloadName} or ${templateName} is set`,
    since: 38,
    finds: ({ metadata: { annotations = {} } = {} }, scope) => {
      if (!delegations.some((key) => Object.hasOwn(annotations, key))) return;
      for (const key of delegations) if ((annotations[key] ?? '') === '') scope.report(undefined, scope.at.key(key));
    },
    examples: {
      bad: [{ [workloadName]: 'w' }, { [workloadName]: 'w', [templateName]: '' }],
      good: [{ [workloadName]: 'w', [templateName]: 't' }],
      minor: 38,
    },
  }],
};

/** What stands in the place of `spec.scheduling`. */
const delegatedGroup: RuleGroup<DelegatingJob> = {
  at: 'spec.scheduling',
  source: 'pkg/apis/batch/validation/validation.go validateSchedulingAndDelegationAnnotations (v1.38)',
  since: 38,
  wrap: (example) => ({ ...inJob({ scheduling: {} }), metadata: { name: 'demo', ...example } }),
  rules: [{
    id: 'scheduling-without-delegation',
    field: '',
    type: 'Invalid',
    message: `must not be set together with the ${workloadName} annotation`,
    gate,
    since: 38,
    finds: ({ metadata: { annotations = {} } = {} }, scope) => {
      const key = delegations.find((name) => Object.hasOwn(annotations, name) && !wasThere(name, scope));
      if (key !== undefined) scope.report(undefined, undefined, `must not be set together with the ${key} annotation`);
    },
    examples: {
      bad: [{ annotations: { [workloadName]: 'w', [templateName]: 't' } }], good: [{ annotations: { a: 'b' } }], minor: 38, gates,
    },
  }],
};

/** What is asked of the annotations of a Job. */
export type DelegatingJob = Pick<Decoded<JobTemplateSpec>, 'metadata' | 'spec'>;

/** The groups about Jobs whose pods are scheduled together. */
export const schedulingRules = {
  job: jobGroup, configuration: configurationGroup, claim: claimGroup, delegation: delegationGroup, delegated: delegatedGroup,
};

/** Of too many constraints, none is looked at. */
function hasOneConstraint({ schedulingConstraints }: Decoded<JobSchedulingConfiguration>): boolean {
  return schedulingConstraints?.topology?.length === 1;
}

function hasBoth(spec: Decoded<JobSpec> | undefined): boolean {
  return spec?.scheduling !== undefined && spec.template?.spec?.schedulingGroup !== undefined;
}

/** Whether an update finds an annotation beside `spec.scheduling` that had been there already. */
function wasThere(key: string, { old }: Scope): boolean {
  return old?.job.scheduling !== undefined && Object.hasOwn(old.annotations ?? {}, key);
}

/** An object of which just one of several fields must be given. */
function oneGiven(id: string, [field, choices]: OneOf): Rule<Decoded<JobSchedulingConfiguration>> {
  const [first = '', second = ''] = choices;
  return {
    id,
    field,
    type: 'Invalid',
    message: `must specify exactly one of: ${choices.map((choice) => `\`${choice}\``).join(', ')}`,
    gate,
    finds: (target, scope) => {
      const value = (target as Readonly<Record<string, object | undefined>>)[field];
      if (value !== undefined) reportUnlessOne(value, choices, scope, scope.at.child(field));
    },
    examples: {
      bad: [{ [field]: {} }, { schedulingPolicy: { gang: {} }, [field]: { [first]: {}, [second]: {} } }],
      good: [{ schedulingPolicy: { gang: {} }, [field]: { [second]: {} } }],
      gates,
    },
  };
}

/** @source staging/src/k8s.io/apimachinery/pkg/api/validate/union.go Union (v1.37) */
function reportUnlessOne(value: object, choices: readonly string[], scope: Scope, at: FieldPath): void {
  const set = choices.filter((choice) => (value as Readonly<Record<string, unknown>>)[choice] !== undefined);
  if (set.length === 1) return;
  const names = choices.map((choice) => `\`${choice}\``).join(', ');
  if (set.length === 0) scope.report('', at, `must specify one of: ${names}`);
  else scope.report(`{${set.join(', ')}}`, at, `must specify exactly one of: ${names}`);
}

function claims(count: number): object[] {
  return Array.from({ length: count }, (_, position) => ({ name: `c${position}`, resourceClaimName: 'c' }));
}
