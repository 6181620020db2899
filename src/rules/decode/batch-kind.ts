import { typeName } from './decode-rules';
import { groupOf, isKindName, kindNames } from '../../api/kinds';
import { nearestName } from '../explain/suggest';

/** What the group batch once had, and the version that removed it. */
const removedVersions: Readonly<Record<string, string>> = { 'batch/v1beta1 CronJob': '1.25', 'batch/v2alpha1 CronJob': '1.21' };

/** What is wrong with `apiVersion` or `kind`. */
interface KindFault {
  readonly field: 'apiVersion' | 'kind';
  readonly value: unknown;
  /** What is wrong, and what to write. */
  readonly problem: string;
}

/**
 * Whether an object is a Job or a CronJob, or is meant to be one: it says so in another case, in the plural, or with a group or version
 * that no server has. Jobs of groups with a domain (`batch.volcano.sh`) are other kinds.
 */
export function isMeantForBatch(object: object): boolean {
  const { apiVersion, kind } = object as { readonly apiVersion?: unknown; readonly kind?: unknown };
  const group = groupOf(apiVersion);
  if (group === 'batch') return true;
  return !group.includes('.') && typeof kind === 'string' && meantKind(kind) !== undefined;
}

/** What is wrong with the `apiVersion` and `kind` of an object that should be a Job or CronJob; empty when both are right. */
export function findBatchKindFaults(apiVersion: unknown, kind: unknown): KindFault[] {
  if (apiVersion === 'batch/v1' && isKindName(kind)) return [];
  const misread = [...findNameFault('apiVersion', apiVersion), ...findNameFault('kind', kind)];
  if (misread.length > 0) return misread;
  const meant = typeof kind === 'string' ? meantKind(kind) : undefined;
  const group = groupOf(apiVersion);
  if (group.includes('.')) return [{ field: 'apiVersion', value: apiVersion, problem: `expected a Job or CronJob of batch/v1, not a kind of the group ${group}` }];
  const faults: KindFault[] = [];
  if (apiVersion !== 'batch/v1' && (meant !== undefined || group === 'batch')) {
    faults.push({ field: 'apiVersion', value: apiVersion, problem: `${versionProblem(apiVersion, meant)}: write batch/v1` });
  }
  if (meant === undefined || meant !== kind) faults.push({ field: 'kind', value: kind, problem: kindProblem(apiVersion, meant) });
  return faults;
}

/**
 * What is wrong with a name that is missing, or is no text, in the words of those who decode it: kubectl, since a server that is sent such
 * an object takes what is missing from the address.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/unstructured/helpers.go unstructuredJSONScheme.unmarshal, and
 * pkg/runtime/serializer/json/meta.go SimpleMetaFactory.Interpret (v1.37)
 */
function findNameFault(field: KindFault['field'], value: unknown): KindFault[] {
  if (value === undefined || value === null || value === '') {
    return [{ field, value: undefined, problem: field === 'kind' ? "Object 'Kind' is missing: write Job or CronJob" : 'apiVersion not set: write batch/v1' }];
  }
  return typeof value === 'string' ? [] : [{ field, value, problem: `json: cannot unmarshal ${typeName(value)} into Go struct field .${field} of type string` }];
}

function kindProblem(apiVersion: unknown, meant: string | undefined): string {
  if (meant === undefined && groupOf(apiVersion) !== 'batch') return 'expected the kind Job or CronJob';
  return `there is no such kind in the group batch: ${meant === undefined ? 'it has Job and CronJob' : `did you mean ${meant}?`}`;
}

function versionProblem(apiVersion: unknown, meant = 'Job'): string {
  const removed = removedVersions[`${String(apiVersion)} ${meant}`];
  return removed === undefined ? `there is no such version of ${meant}` : `was removed in Kubernetes ${removed}`;
}

function meantKind(kind: string): string | undefined {
  return isKindName(kind) ? kind : nearestName(kind, kindNames);
}

