import { decodeRules, typeName } from './decode-rules';
import { vanishingTypes } from './gates';
import { goPlace } from './go-types';
import { exactScalar, NumberText } from './number-text';
import { type FieldShape, type ObjectShape, type Shape } from './shapes';
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
  return decode(input, shape, scope, shape, undefined) as Record<string, unknown> | undefined ?? {};
}

/** Where a value is, built only when there is something to report. */
interface Place {
  readonly parent: Place | undefined;
  readonly step: string | number;
}

function decode(input: unknown, shape: Shape, scope: Scope, root: ObjectShape, place: Place | undefined): unknown {
  switch (shape.kind) {
    case 'object': return decodeFields(input, shape, scope, root, place);
    case 'list': return decodeList(input, shape.item, scope, root, place);
    case 'map': return decodeMap(input, shape.value, scope, root, place);
    case 'any': return input;
    default: return decodeScalar(input, shape.kind, scope, root, place);
  }
}

function decodeFields(input: unknown, shape: ObjectShape, scope: Scope, root: ObjectShape, place: Place | undefined): unknown {
  if (!hasFields(input)) return refuse(input, shape.name, scope, root, place);
  const output: Record<string, unknown> = {};
  const written = writtenJsonOf(input);
  if (written?.entries === undefined) {
    for (const name of Object.keys(input)) decodeEntry(input[name], name, written?.texts.get(name), shape, output, scope, root, place);
  } else {
    const placeOf = (name: string): Place | undefined => (shape.fields.has(name) ? { parent: place, step: name } : undefined);
    eachEntry(written.entries, scope, placeOf, ({ name, value, text }) => {
      decodeEntry(value, name, text, shape, output, scope, root, place);
    });
  }
  if (shape.name === 'v1.Volume') keepBeside(input, output);
  return hasVanished(input, shape, output) ? undecodable : output;
}

function decodeEntry(
  input: unknown, name: string, text: string | undefined, shape: ObjectShape, output: Record<string, unknown>,
  scope: Scope, root: ObjectShape, place: Place | undefined,
): void {
  const field = shape.fields.get(name);
  if (field === undefined) reportUnknown(input, name, shape, scope, { parent: place, step: name });
  else decodeField(exactScalar(input, text, field.shape), name, field, output, scope, root, place);
}

/**
 * Visits the entries of an object in which names were written more than once; each of these is reported where it comes again.
 *
 * @param placeOf undefined for a name that is unknown.
 */
function eachEntry(
  entries: readonly JsonEntry[], scope: Scope, placeOf: (name: string) => Place | undefined, visit: (entry: JsonEntry) => void,
): void {
  const seen = new Map<string, number>();
  for (const entry of entries) {
    const { name } = entry;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    const place = placeOf(name);
    // What is unknown is told once.
    if (place === undefined && times > 1) continue;
    if (place !== undefined && times === 2) scope.check(decodeRules.repeated, { name, path: serverPath(place) }, pathOf(place));
    visit(entry);
  }
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

function decodeField(
  input: unknown, name: string, { shape, dropped }: FieldShape, output: Record<string, unknown>,
  scope: Scope, root: ObjectShape, place: Place | undefined,
): void {
  if (input === undefined || input === null) return;
  // Most of a manifest is texts.
  const value = shape.kind === 'string' && typeof input === 'string' ? input : decode(input, shape, scope, root, { parent: place, step: name });
  if (value === undecodable) return;
  if (dropped === undefined) output[name] = value;
  else scope.check(decodeRules.dropped, dropped, pathOf({ parent: place, step: name }));
}

function decodeList(input: unknown, item: Shape, scope: Scope, root: ObjectShape, place: Place | undefined): unknown {
  if (!Array.isArray(input)) return refuse(input, 'list', scope, root, place);
  const output: unknown[] = [];
  const written = writtenJsonOf(input);
  for (let position = 0; position < input.length; position += 1) {
    const value: unknown = exactScalar(input[position], written?.texts.get(position), item);
    // JSON null in a list is the zero value of the element, and `undefined` is written as null.
    output.push(value === null || value === undefined ? zeroOf(item) : decode(value, item, scope, root, { parent: place, step: position }));
  }
  return output;
}

function decodeMap(input: unknown, shape: Shape, scope: Scope, root: ObjectShape, place: Place | undefined): unknown {
  if (!hasFields(input)) return refuse(input, 'map', scope, root, place);
  const output: Record<string, unknown> = {};
  const written = writtenJsonOf(input);
  const decodeValue = (content: unknown, key: string, text: string | undefined): void => {
    const value = exactScalar(content, text, shape);
    // `undefined` is not written at all.
    if (value === undefined) return;
    const decoded = value === null ? zeroOf(shape) : decode(value, shape, scope, root, { parent: place, step: `[${key}]` });
    if (key === '__proto__') Object.defineProperty(output, key, { value: decoded, enumerable: true, configurable: true, writable: true });
    else output[key] = decoded;
  };
  if (written?.entries === undefined) for (const key of Object.keys(input)) decodeValue(input[key], key, written?.texts.get(key));
  else eachEntry(written.entries, scope, (key) => ({ parent: place, step: `[${key}]` }), ({ name, value, text }) => decodeValue(value, name, text));
  return output;
}

function decodeScalar(
  input: unknown, kind: Exclude<Shape['kind'], 'object' | 'list' | 'map' | 'any'>, scope: Scope, root: ObjectShape, place: Place | undefined,
): unknown {
  switch (kind) {
    case 'string': return typeof input === 'string' ? input : refuse(input, kind, scope, root, place);
    case 'boolean': return typeof input === 'boolean' ? input : refuse(input, kind, scope, root, place);
    case 'int32': return decodeInteger(input, kind, 2 ** 31, scope, root, place);
    case 'int64': return decodeInteger(input, kind, 2 ** 63, scope, root, place);
    case 'int-or-string': return typeof input === 'string' ? input : decodeInteger(input, 'int32', 2 ** 31, scope, root, place);
    case 'time': return decodeTime(input, scope, root, place);
    case 'quantity': return decodeQuantity(input, scope, place);
  }
}

function decodeInteger(input: unknown, type: string, limit: number, scope: Scope, root: ObjectShape, place: Place | undefined): unknown {
  if (typeof input === 'bigint' && input >= -BigInt(limit) && input < BigInt(limit)) return Number(input);
  if (input instanceof NumberText) {
    scope.check(decodeRules.number, { value: input.text, ...mistyped(`number ${input.text}`, type, root, place) }, pathOf(place));
    return undecodable;
  }
  if (typeof input !== 'number' && typeof input !== 'bigint') return refuse(input, type, scope, root, place);
  // 2^63 - 1 itself becomes 2^63 when JSON is read into a number.
  const largest = limit === 2 ** 63 ? limit : limit - 1;
  if (typeof input === 'number' && Number.isInteger(input) && input >= -limit && input <= largest) return input;
  scope.check(decodeRules.number, { value: input, ...mistyped(`number ${String(input)}`, type, root, place) }, pathOf(place));
  return undecodable;
}

function decodeTime(input: unknown, scope: Scope, root: ObjectShape, place: Place | undefined): unknown {
  if (input instanceof Date) return input;
  if (typeof input !== 'string') return refuse(input, 'time (RFC 3339)', scope, root, place);
  const message = findTimeProblem(input);
  if (message === undefined) return input;
  scope.check(decodeRules.type, { value: input, message }, pathOf(place));
  return undecodable;
}

function decodeQuantity(input: unknown, scope: Scope, place: Place | undefined): unknown {
  const isText = typeof input === 'string' || (typeof input === 'number' && Number.isFinite(input)) || typeof input === 'bigint';
  if (isText && isQuantity(String(input))) return String(input);
  scope.check(decodeRules.quantity, input instanceof NumberText ? input.text : input, pathOf(place));
  return undecodable;
}

function refuse(input: unknown, type: string, scope: Scope, root: ObjectShape, place: Place | undefined): undefined {
  scope.check(decodeRules.type, { value: input, ...mistyped(typeName(input), type, root, place) }, pathOf(place));
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
