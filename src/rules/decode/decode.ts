import { decodeRules, typeName } from './decode-rules';
import { vanishingTypes } from './gates';
import { goPlace } from './go-types';
import { exactScalar, NumberText } from './number-text';
import { type ObjectShape, type Shape } from './shapes';
import { isQuantity } from '../../api/quantity';
import { FieldPath } from '../../core/field-path';
import { findTimeProblem } from '../../core/go-time';
import { asObject, isObject, type JsonObject } from '../../core/json';
import { type JsonEntry, writtenJsonOf } from '../../core/json-text';
import { suggestField } from '../explain/suggest';
import { type Scope } from '../rule/rule';

/** Stands for a value that could not be decoded; the whole object is then refused, so nothing reads it. */
const undecodable = undefined;

/**
 * Decodes an object as the API server does: a copy without nulls, unknown and dropped fields.
 *
 * Wrong types, numbers out of range, bad quantities and unknown fields are reported to the scope. Only texts and numbers of the input are
 * kept, so that later steps may fill in defaults.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/runtime/serializer/json/json.go (v1.37), strict decoding
 */
export function decodeObject(input: unknown, shape: ObjectShape, scope: Scope): Record<string, unknown> {
  return decode(input, shape, { scope, root: shape }, undefined) as Record<string, unknown> | undefined ?? {};
}

/** What is the same for all values of an object. */
interface Task {
  readonly scope: Scope;
  readonly root: ObjectShape;
}

/** Where a value is, built only when there is something to report. */
interface Place {
  readonly parent: Place | undefined;
  readonly step: string | number;
}

/**
 * Decodes a value of any shape.
 *
 * It is one function for lists, maps and objects: V8 compiles one that calls itself once, and some that call one another into each other.
 */
function decode(input: unknown, shape: Shape, task: Task, place: Place | undefined): unknown {
  const { scope } = task;
  const { kind } = shape;
  if (kind === 'list') {
    if (!Array.isArray(input)) return refuse(input, kind, task, place);
    const items: unknown[] = [];
    const texts = writtenJsonOf(input)?.texts;
    for (let position = 0; position < input.length; position += 1) {
      const item: unknown = exactScalar(input[position], texts?.get(position), shape.item);
      // JSON null in a list is the zero value of the element, and `undefined` is written as null.
      const isNull = item === null || item === undefined;
      items.push(isNull ? zeroOf(shape.item) : decode(item, shape.item, task, { parent: place, step: position }));
    }
    return items;
  }
  if (kind !== 'object' && kind !== 'map') return kind === 'any' ? input : decodeScalar(input, kind, task, place);
  if (!hasFields(input)) return refuse(input, kind === 'map' ? kind : shape.name, task, place);
  const output: Record<string, unknown> = {};
  const written = writtenJsonOf(input);
  const repeated = written?.entries === undefined ? undefined : countRepeats(written.entries);
  const names = repeated?.map(({ name }) => name) ?? Object.keys(input);
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] ?? '';
    const entry = repeated?.[index];
    const content = entry === undefined ? input[name] : entry.value;
    const field = kind === 'map' ? shape.entry : shape.fields.get(name);
    if (field === undefined) {
      // What is unknown is told once.
      if (kind === 'object' && (entry?.times ?? 1) === 1) reportUnknown(content, name, shape, scope, { parent: place, step: name });
      continue;
    }
    const step = kind === 'map' ? `[${name}]` : name;
    if (entry?.times === 2) reportRepeat(name, { parent: place, step }, scope);
    const value = exactScalar(content, entry === undefined ? written?.texts.get(name) : entry.text, field.shape);
    // `undefined` is not written at all, and a field that is null is as good as missing.
    if (value === undefined || (value === null && kind === 'object')) continue;
    // Most of a manifest is texts.
    const isText = typeof value === 'string' && field.shape.kind === 'string';
    const decoded = isText ? value : value === null ? zeroOf(field.shape) : decode(value, field.shape, task, { parent: place, step });
    if (decoded === undecodable) continue;
    if (field.dropped !== undefined) scope.check(decodeRules.dropped, field.dropped, pathOf({ parent: place, step }));
    else if (name === '__proto__') Object.defineProperty(output, name, { value: decoded, enumerable: true, configurable: true, writable: true });
    else output[name] = decoded;
  }
  if (kind === 'map') return output;
  if (shape.name === 'v1.Volume') keepBeside(input, output);
  return hasVanished(input, shape, output) ? undecodable : output;
}

/** Entries of an object in which names were written more than once, each with how often its name has come up so far. */
function countRepeats(entries: readonly JsonEntry[]): ReadonlyArray<JsonEntry & { readonly times: number }> {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const times = (seen.get(entry.name) ?? 0) + 1;
    seen.set(entry.name, times);
    return { ...entry, times };
  });
}

function reportRepeat(name: string, place: Place, scope: Scope): void {
  scope.check(decodeRules.repeated, { name, path: serverPath(place) }, pathOf(place));
}

/**
 * Users are dropped from the first source of a volume alone; beside a configMap the one of a downwardAPI stays, and is checked.
 *
 * @source pkg/api/pod/util.go dropDisabledAtomicWriteVolumeUserFields (v1.37)
 */
function keepBeside(input: Record<string, unknown>, output: Record<string, unknown>): void {
  const { secret, configMap, downwardAPI } = output;
  const { defaultUser } = asObject(input.downwardAPI);
  if (secret !== undefined || configMap === undefined || !isObject(downwardAPI) || typeof defaultUser !== 'number') return;
  output.downwardAPI = { ...downwardAPI, defaultUser };
}

/** Whether nothing is left because everything in it was dropped. */
function hasVanished(input: Record<string, unknown>, shape: ObjectShape, output: Record<string, unknown>): boolean {
  if (!vanishingTypes.has(shape.name) || Object.keys(output).length > 0) return false;
  const isGiven = (name: string): boolean => input[name] !== undefined && input[name] !== null;
  return Object.keys(input).some((name) => shape.fields.get(name)?.dropped !== undefined && isGiven(name));
}

function decodeScalar(
  input: unknown, kind: Exclude<Shape['kind'], 'object' | 'list' | 'map' | 'any'>, task: Task, place: Place | undefined,
): unknown {
  switch (kind) {
    case 'string': return typeof input === 'string' ? input : refuse(input, kind, task, place);
    case 'boolean': return typeof input === 'boolean' ? input : refuse(input, kind, task, place);
    case 'int32': return decodeInteger(input, kind, 2 ** 31, task, place);
    case 'int64': return decodeInteger(input, kind, 2 ** 63, task, place);
    case 'int-or-string': return typeof input === 'string' ? input : decodeInteger(input, 'int32', 2 ** 31, task, place);
    case 'time': return decodeTime(input, task, place);
    case 'quantity': return decodeQuantity(input, task.scope, place);
  }
}

function decodeInteger(input: unknown, type: string, limit: number, task: Task, place: Place | undefined): unknown {
  if (typeof input === 'bigint' && input >= -BigInt(limit) && input < BigInt(limit)) return Number(input);
  if (input instanceof NumberText) {
    task.scope.check(decodeRules.number, { value: input.text, ...mistyped(`number ${input.text}`, type, task.root, place) }, pathOf(place));
    return undecodable;
  }
  if (typeof input !== 'number' && typeof input !== 'bigint') return refuse(input, type, task, place);
  // 2^63 - 1 itself becomes 2^63 when JSON is read into a number.
  const largest = limit === 2 ** 63 ? limit : limit - 1;
  if (typeof input === 'number' && Number.isInteger(input) && input >= -limit && input <= largest) return input;
  task.scope.check(decodeRules.number, { value: input, ...mistyped(`number ${String(input)}`, type, task.root, place) }, pathOf(place));
  return undecodable;
}

function decodeTime(input: unknown, task: Task, place: Place | undefined): unknown {
  if (input instanceof Date) return input;
  if (typeof input !== 'string') return refuse(input, 'time (RFC 3339)', task, place);
  const message = findTimeProblem(input);
  if (message === undefined) return input;
  task.scope.check(decodeRules.type, { value: input, message }, pathOf(place));
  return undecodable;
}

function decodeQuantity(input: unknown, scope: Scope, place: Place | undefined): unknown {
  const isText = typeof input === 'string' || (typeof input === 'number' && Number.isFinite(input)) || typeof input === 'bigint';
  if (isText && isQuantity(String(input))) return String(input);
  scope.check(decodeRules.quantity, input instanceof NumberText ? input.text : input, pathOf(place));
  return undecodable;
}

function refuse(input: unknown, type: string, task: Task, place: Place | undefined): undefined {
  task.scope.check(decodeRules.type, { value: input, ...mistyped(typeName(input), type, task.root, place) }, pathOf(place));
  return undecodable;
}

/** The words of the API server for a value of the wrong type; of a JobSet, which has a schema in place of Go types, words of our own. */
function mistyped(found: string, type: string, root: ObjectShape, place: Place | undefined): { readonly message: string } {
  if (root.name.startsWith('jobset.')) return { message: `cannot unmarshal ${found} into a field of type ${type}` };
  const { struct, path, type: goType } = goPlace(root, stepsTo(place));
  return { message: `json: cannot unmarshal ${found} into Go ${struct === undefined ? 'value' : `struct field ${struct}.${path}`} of type ${goType}` };
}

function reportUnknown(value: unknown, name: string, shape: ObjectShape, scope: Scope, place: Place): void {
  // `undefined` never reaches the API server.
  if (value === undefined) return;
  const at = pathOf(place);
  scope.check(decodeRules.unknown, { path: serverPath(place), hint: suggestField(name, at, scope.kind, shape, scope.server) }, at);
}

function zeroOf(shape: Shape): unknown {
  switch (shape.kind) {
    case 'object': case 'map': return {};
    case 'list': return [];
    case 'boolean': return false;
    case 'int32': case 'int64': case 'int-or-string': return 0;
    case 'quantity': return '0';
    default: return '';
  }
}

function pathOf(place: Place | undefined): FieldPath {
  if (place === undefined) return FieldPath.root;
  const parent = pathOf(place.parent);
  if (typeof place.step === 'number') return parent.index(place.step);
  return isKey(place.step) ? parent.key(place.step.slice(1, -1)) : parent.child(place.step);
}

/** The path as strict decoding writes it: `metadata.labels.app`. */
function serverPath({ parent, step }: Place): string {
  const before = parent === undefined ? '' : serverPath(parent);
  if (typeof step === 'number') return `${before}[${step}]`;
  const name = isKey(step) ? step.slice(1, -1) : step;
  return before === '' ? name : `${before}.${name}`;
}

function stepsTo(place: Place | undefined): readonly (string | number)[] {
  return place === undefined ? [] : [...stepsTo(place.parent), place.step];
}

function isKey(step: string): boolean {
  return step.startsWith('[');
}

/** Whether JSON would write the fields of a value: it writes a Date as a text, and nothing of a Map. */
function hasFields(input: unknown): input is JsonObject {
  return isObject(input) && !(input instanceof Date) && !(input instanceof Map);
}
