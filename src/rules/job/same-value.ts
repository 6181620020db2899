import { tryParseQuantity } from '../../api/quantity';
import { isObject, type JsonObject } from '../../core/json';

/** Fields in which a missing value differs from the zero value, wherever they are. In all others it does not. */
const optionalScalars = new Set([
  'activeDeadlineSeconds', 'allowPrivilegeEscalation', 'automountServiceAccountToken', 'backoffLimitPerIndex', 'blockOwnerDeletion', 'completionMode',
  'completions', 'containerName', 'controller', 'defaultMode', 'deletionGracePeriodSeconds', 'enableServiceLinks', 'expirationSeconds', 'fsGroup', 'fsGroupChangePolicy', 'hostProcess', 'hostUsers',
  'hostnameOverride', 'localhostProfile', 'managedBy', 'maxExpirationSeconds', 'minDomains', 'mode', 'mountPropagation', 'optional', 'preemptionPolicy',
  'priority', 'privileged', 'procMount', 'readOnlyRootFilesystem', 'recursiveReadOnly', 'resourceClaimName', 'resourceClaimTemplateName', 'runAsGroup',
  'restartPolicy', 'runAsNonRoot', 'runAsUser', 'runtimeClassName', 'seLinuxChangePolicy', 'setHostnameAsFQDN', 'shareProcessNamespace', 'signerName', 'stopSignal',
  'storageClassName', 'succeededCount', 'succeededIndexes', 'supplementalGroupsPolicy', 'terminationGracePeriodSeconds', 'tolerationSeconds',
  'volumeAttributesClassName', 'volumeMode',
]);
/** Objects that are always there: empty and missing are the same. */
const embeddedObjects = new Set(['metadata', 'resources', 'spec', 'template', 'preference', 'podAffinityTerm']);
/** Maps by name: empty and missing are the same. */
const maps = new Set(['annotations', 'labels', 'limits', 'matchLabels', 'nodeSelector', 'options', 'overhead', 'requests', 'userAnnotations', 'volumeAttributes']);
const quantities = new Set(['divisor', 'sizeLimit']);
const amounts = new Set(['limits', 'requests', 'overhead']);

/**
 * Whether two decoded values mean the same: lists and maps may be empty or missing, quantities may be written differently.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/api/equality/semantic.go Semantic.DeepEqual (v1.37)
 */
export function isSameValue(one: unknown, other: unknown, name: string = ''): boolean {
  if (one === other) return true;
  if (Array.isArray(one) || Array.isArray(other)) return isSameList(one, other, name);
  if (isObject(one) && isObject(other)) return isSameObject(one, other, name);
  if (one === undefined || other === undefined) return isAbsent(one ?? other, name);
  if (quantities.has(name)) return isSameAmount(one, other);
  return false;
}

/**
 * The one form of all decoded values that are the same by `isSameValue`, but for the order of keys: without empty lists and maps, and with
 * quantities as whole numbers of billionths. Undefined for a value that is the same as none.
 */
export function canonicalValue(value: unknown, name: string = ''): unknown {
  const canonical = canonicalPart(value, name);
  return isAbsent(canonical, name) ? undefined : canonical;
}

/** The canonical form of what is there, even if that is as good as nothing: an empty text counts in a list. */
function canonicalPart(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => canonicalPart(item, `${name}[]`));
  if (isObject(value)) return canonicalObject(value, name);
  return quantities.has(name) ? canonicalAmount(value) : value;
}

function canonicalObject(value: JsonObject, name: string): JsonObject {
  // Without a prototype every key is a key like any other.
  const canonical = Object.create(null) as Record<string, unknown>;
  const isPod = 'containers' in value;
  for (const key of Object.keys(value)) {
    if (isPod && key === 'serviceAccount') continue;
    const member = canonicalMember(value[key], name, key, isPod && key === 'resources');
    if (member !== undefined) canonical[key] = member;
  }
  return canonical;
}

function canonicalMember(value: unknown, owner: string, key: string, countsWhenEmpty: boolean): unknown {
  if (amounts.has(owner)) return canonicalAmount(value);
  if (maps.has(owner)) return value;
  return countsWhenEmpty ? canonicalPart(value, key) : canonicalValue(value, key);
}

function canonicalAmount(value: unknown): unknown {
  return typeof value === 'string' ? tryParseQuantity(value)?.nano.toString() ?? value : value;
}

function isSameList(one: unknown, other: unknown, name: string): boolean {
  const [left, right] = [one ?? [], other ?? []];
  return Array.isArray(left) && Array.isArray(right) && left.length === right.length
    && left.every((item, position) => isSameValue(item, right[position], `${name}[]`));
}

function isSameObject(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>, name: string): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  // In a pod, `resources` counts as given even when it is empty, and the old name of the service account is an alias of the new one.
  const isPod = 'containers' in one && 'containers' in other;
  if (isPod && (one.resources === undefined) !== (other.resources === undefined)) return false;
  for (const key of keys) {
    if (isPod && key === 'serviceAccount') continue;
    if (!isSameMember(one[key], other[key], name, key)) return false;
  }
  return true;
}

function isSameMember(one: unknown, other: unknown, owner: string, key: string): boolean {
  if (amounts.has(owner)) return isSameAmount(one, other);
  return maps.has(owner) ? one === other : isSameValue(one, other, key);
}

function isAbsent(value: unknown, name: string): boolean {
  if (isObject(value)) {
    if (maps.has(name)) return Object.keys(value).length === 0;
    return embeddedObjects.has(name) && Object.entries(value).every(([key, inner]) => isAbsent(inner, key));
  }
  if (Array.isArray(value)) return value.length === 0;
  // A missing divisor is written as 0.
  if (name === 'divisor') return isSameAmount(value, '0');
  return (value === '' || value === 0 || value === false) && !optionalScalars.has(name);
}

function isSameAmount(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return one === other;
  return one === other || tryParseQuantity(one)?.nano === tryParseQuantity(other)?.nano;
}
