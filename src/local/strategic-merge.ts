import type { Json } from './merge';
import { fieldsOfServedType } from './service-fields';
import { type Field, parseField } from '../api/field-entry';
import { isObject, type JsonObject } from '../core/json';

/**
 * A strategic merge patch, as `kubectl apply`, `edit` and `patch` send it: null removes, objects merge, lists with keys merge by their key
 * and sets by their values, and the directives `$patch`, `$retainKeys`, `$setElementOrder/…` and `$deleteFromPrimitiveList/…` are obeyed.
 *
 * `kind` says which lists have keys: those of Jobs, CronJobs, their pod template and Services are known, all others are replaced.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go StrategicMergePatch (v1.37)
 */
export function strategicMerge(live: Json, patch: Json, kind: string): Json {
  return isObject(patch) ? mergeObject(isObject(live) ? live : {}, patch, kind === 'Pod' ? podFields : fieldsOfServedType(`v1.${kind}`)) : patch;
}

type Fields = ReadonlyMap<string, Field>;
const noFields: Fields = new Map();
const podFields: Fields = new Map([['metadata', parseField('ObjectMeta')], ['spec', parseField('v1.PodSpec')]]);

function mergeObject(live: JsonObject, patch: JsonObject, fields: Fields): JsonObject {
  if (patch.$patch === 'replace') return clean(patch) as JsonObject;
  if (patch.$patch === 'delete') return {};
  const result: Record<string, Json> = { ...live };
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith('$')) continue;
    if (value === null) delete result[name];
    else result[name] = mergeValue(result[name], value, fields.get(name), patch[`$setElementOrder/${name}`]);
  }
  for (const [directive, value] of Object.entries(patch)) obey(directive, value, result, patch, fields);
  return result;
}

/** The directives for a field that stand beside it, whether or not the patch has that field itself. */
function obey(directive: string, value: Json, result: Record<string, Json>, patch: JsonObject, fields: Fields): void {
  if (!Array.isArray(value)) return;
  if (directive === '$retainKeys') {
    for (const name of Object.keys(result)) if (!value.includes(name)) delete result[name];
    return;
  }
  const [what = '', name = ''] = directive.split('/');
  const list = result[name];
  if (!Array.isArray(list)) return;
  if (what === '$deleteFromPrimitiveList') result[name] = list.filter((item) => !value.includes(item));
  if (what === '$setElementOrder' && !(name in patch)) result[name] = inOrder(list, list, value, keyOf(fields.get(name)));
}

function mergeValue(live: Json, patch: Json, field: Field | undefined, order: Json): Json {
  const fields = field === undefined ? noFields : fieldsOfServedType(field.type);
  if (isObject(patch)) return isObject(live) ? mergeObject(live, patch, fields) : clean(mergeObject({}, patch, fields));
  if (!Array.isArray(patch)) return patch;
  const key = keyOf(field);
  const before: readonly Json[] = Array.isArray(live) ? live : [];
  if (field?.list === 'set') return inOrder([...before, ...patch.filter((item) => !before.includes(item))], before, order ?? patch, undefined);
  return key === undefined ? patch.map(clean) : inOrder(mergeList(before, patch, key, fields), before, order ?? patch, key);
}

function mergeList(live: readonly Json[], patch: readonly Json[], key: string, fields: Fields): readonly Json[] {
  const items = patch.filter(isObject);
  if (items.some(({ $patch, [key]: value }) => $patch === 'replace' && value === undefined)) {
    return items.filter(({ $patch }) => $patch !== 'replace').map(clean);
  }
  const result = [...live];
  for (const item of items) {
    const position = result.findIndex((known) => isObject(known) && known[key] === item[key]);
    if (item.$patch === 'delete') {
      if (position >= 0) result.splice(position, 1);
    } else if (position < 0) {
      result.push(mergeObject({}, item, fields));
    } else {
      result[position] = mergeObject(result[position] as JsonObject, item, fields);
    }
  }
  return result;
}

/**
 * The items in the order that the client wants, which is that of its patch unless it says otherwise; items that only the server has stay
 * before the items that they stood before.
 */
function inOrder(items: readonly Json[], before: readonly Json[], order: Json, key: string | undefined): readonly Json[] {
  if (!Array.isArray(order)) return items;
  const keyIn = (item: Json): Json => (key !== undefined && isObject(item) ? item[key] : item);
  const wanted = order.map(keyIn);
  const places = before.map(keyIn);
  const rank = (item: Json): number => wanted.indexOf(keyIn(item));
  const named = items.filter((item) => rank(item) >= 0).sort((one, other) => rank(one) - rank(other));
  const others = items.filter((item) => rank(item) < 0);
  const result: Json[] = [];
  while (named.length > 0 && others.length > 0) {
    const first = places.indexOf(keyIn(named[0]));
    const second = places.indexOf(keyIn(others[0]));
    result.push(first >= 0 && second >= 0 && second < first ? others.shift() : named.shift());
  }
  return [...result, ...named, ...others];
}

/** The field that identifies the items of a list; of several keys, a strategic merge uses the first. */
function keyOf(field: Field | undefined): string | undefined {
  return field?.keys[0];
}

/** A new value, without directives and removals. */
function clean(value: Json): Json {
  if (Array.isArray(value)) return value.map(clean);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([name, entry]) => !name.startsWith('$') && entry !== null);
  return Object.fromEntries(entries.map(([name, entry]) => [name, clean(entry)]));
}
