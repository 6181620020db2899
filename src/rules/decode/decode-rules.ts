import { suggestQuantities } from './suggest-quantity';
import { type FeatureGate, onSince } from '../../api/feature-gates';
import { quote } from '../../schedule/go-text';
import { type RuleGroup } from '../rule/rule';
import { inJob, minimalPod } from '../rule/wrap';

/** A value of the wrong type, and what Go says of it. */
interface Mistyped {
  readonly value: unknown;
  readonly message: string;
}

const quantityFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

const source = 'staging/src/k8s.io/apimachinery/pkg/runtime/serializer/json/json.go Serializer.Decode (v1.37)';

/** Values of another type than their field. */
const typeGroup: RuleGroup<Mistyped> = {
  at: '*',
  source,
  wrap: inJob,
  rules: [{
    id: 'field-has-its-type',
    field: '',
    type: 'Decode',
    message: 'json: cannot unmarshal the value into the type of the field',
    finds: ({ value, message }, scope) => scope.report(shown(value), undefined, message),
    examples: { bad: [{ suspend: 'true' }, { template: [] }], good: [{ suspend: true }] },
  }],
};

/** Numbers that their field cannot hold. */
const numberGroup: RuleGroup<Mistyped> = {
  at: '*',
  source,
  wrap: inJob,
  rules: [{
    id: 'number-in-range',
    field: '',
    type: 'Decode',
    message: 'json: cannot unmarshal the number into the type of the field',
    finds: ({ value, message }, scope) => scope.report(shown(value), undefined, message),
    examples: { bad: [{ parallelism: 2.5 }, { backoffLimit: 2 ** 31 }, { backoffLimit: Number.NaN }], good: [{ parallelism: 2 }] },
  }],
};

/** Texts that are not quantities. */
const quantityGroup: RuleGroup<unknown> = {
  at: '*',
  source: 'staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go ParseQuantity (v1.37)',
  wrap: (limits) => inJob({ template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', resources: { limits } }] } } }),
  rules: [{
    id: 'quantity-parses',
    field: '',
    type: 'Decode',
    message: quantityFormat,
    finds: (value, scope) => {
      const meant = typeof value === 'string' ? suggestQuantities(value).map((text) => `"${text}"`) : [];
      const hint = meant.length === 0 ? 'a quantity is a number and one of the suffixes n u m k M G T P E Ki Mi Gi Ti Pi Ei' : `did you mean ${meant.join(' or ')}?`;
      scope.report(shown(value), undefined, typeof value === 'string' && hasFormat(value) ? 'unable to parse quantity\'s suffix' : undefined, hint);
    },
    examples: { bad: [{ memory: '64mb' }, { memory: '1 GB' }, { cpu: '1,5' }], good: [{ memory: '1Gi', cpu: '1.5' }] },
  }],
};

/** Fields that the version does not have; `hint` says what may be meant. */
const unknownGroup: RuleGroup<{ readonly path: string; readonly hint: string }> = {
  at: '*',
  source,
  wrap: inJob,
  rules: [{
    id: 'field-is-known',
    field: '',
    type: 'Unknown',
    message: 'unknown field',
    finds: ({ path, hint }, scope) => scope.report(undefined, undefined, `unknown field ${quote(path)}`, hint === '' ? undefined : hint),
    examples: { bad: [{ paralelism: 2 }, { Parallelism: 2 }], good: [{ parallelism: 2 }] },
  }],
};

const isDropped = 'the API server drops this field without a word';

/** Fields that the API server drops without a word. */
const droppedGroup: RuleGroup<FeatureGate> = {
  at: '*',
  source: 'pkg/api/pod/util.go DropDisabledTemplateFields, pkg/api/job/util.go DropDisabledFields (v1.37)',
  wrap: inJob,
  rules: [{
    id: 'field-is-kept',
    field: '',
    type: 'Forbidden',
    severity: 'warning',
    message: `${isDropped}: its feature gate is off`,
    finds: (gate, scope) => {
      const since = onSince(gate);
      const when = since === undefined || since <= scope.minor ? '' : `, and is on by default since Kubernetes 1.${since}`;
      scope.report(undefined, undefined, `${isDropped}: the feature gate ${gate} is off${when}`);
    },
    examples: {
      bad: [{ scheduling: { schedulingPolicy: { basic: {} } } }, { template: { spec: { ...minimalPod, schedulingGroup: { podGroupName: 'demo' } } } }],
      good: [{ successPolicy: { rules: [{ succeededCount: 1 }] }, completionMode: 'Indexed', completions: 2 }],
    },
  }],
};

/** Fields that a text of JSON writes twice. */
const repeatedGroup: RuleGroup<{ readonly name: string; readonly path: string }> = {
  at: '*',
  source,
  wrap: inJob,
  rules: [{
    id: 'field-is-written-once',
    field: '',
    type: 'Decode',
    message: 'duplicate field',
    finds: ({ name, path }, scope) => scope.report(name, undefined, `duplicate field ${quote(path)}`),
    // A value cannot show it: tested with texts.
    examples: { bad: [], good: [{ parallelism: 2 }] },
  }],
};

/** Objects that are neither a Job nor a CronJob. */
const kindGroup: RuleGroup<{ readonly value: unknown; readonly problem: string; readonly field: string }> = {
  at: '',
  source,
  wrap: (example) => ({ apiVersion: 'batch/v1', kind: 'Job', ...example }),
  rules: [{
    id: 'object-is-a-job-or-cron-job',
    field: '',
    type: 'Decode',
    message: 'expected a Job or CronJob of batch/v1',
    finds: ({ value, problem, field }, scope) => scope.report(shown(value), field === '' ? undefined : scope.at.child(field), problem),
    examples: { bad: [{ kind: 'Pod' }, { apiVersion: 'batch/v1beta1' }], good: [inJob({})] },
  }],
};

/** The groups of the stage before validation: the API server answers HTTP 400, with strict field validation for unknown fields too. */
export const decodeRules = {
  type: typeGroup,
  number: numberGroup,
  quantity: quantityGroup,
  unknown: unknownGroup,
  repeated: repeatedGroup,
  dropped: droppedGroup,
  kind: kindGroup,
};

/**
 * Whether a text has the shape of a quantity, with a suffix that there may not be.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go parseQuantityString (v1.37)
 */
function hasFormat(text: string): boolean {
  return /^[+-]?\d*(?:\.\d*)?[eEinumkKMGTP]*[+-]?\d*$/.test(text.trim()) && text.trim() !== '';
}

/** The type of a value, as JSON calls it. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** A value that is safe to keep in a finding: a scalar as it is, anything else as its type. */
function shown(value: unknown): unknown {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return String(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
