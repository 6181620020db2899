import { decodeRules } from './decode-rules';
import { vanishingTypes } from './gates';
import { exactScalar, NumberText } from './number-text';
import { type FieldShape, type ObjectShape, type Shape } from './shapes';
import { isQuantity } from '../../api/quantity';
import { type FieldPath } from '../../core/field-path';
import { FieldPath as Path } from '../../core/field-path';
import { asObject, isObject, type JsonObject } from '../../core/json';
import { writtenJsonOf } from '../../core/json-text';
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
export function decodeObject(input: unknown, shape: ObjectShape, scope: Scope, at: FieldPath = Path.root): Record<string, unknown> {
  return decode(input, shape, scope, at, undefined) as Record<string, unknown> | undefined ?? {};
}

/** Where a value is, built only when there is something to report. */
interface Place {
  readonly parent: Place | undefined;
  readonly step: string | number;
}

function decode(input: unknown, shape: Shape, scope: Scope, root: FieldPath, place: Place | undefined): unknown {
  switch (shape.kind) {
    case 'object': return decodeFields(input, shape, scope, root, place);
    case 'list': return decodeList(input, shape.item, scope, root, place);
    case 'map': return decodeMap(input, shape.value, scope, root, place);
    case 'any': return input;
    default: return decodeScalar(input, shape.kind, scope, root, place);
  }
}

function decodeFields(input: unknown, shape: ObjectShape, scope: Scope, root: FieldPath, place: Place | undefined): unknown {
  if (!hasFields(input)) return refuse(input, shape.name, scope, root, place);
  const output: Record<string, unknown> = {};
  const written = writtenJsonOf(input);
  written?.repeated.forEach((name) => reportRepeated(name, scope, pathOf(root, { parent: place, step: name })));
  for (const name of Object.keys(input)) {
    const field = shape.fields.get(name);
    if (field === undefined) reportUnknown(input[name], name, shape, scope, pathOf(root, { parent: place, step: name }));
    else decodeField(exactScalar(input[name], written?.texts.get(name), field.shape), name, field, output, scope, root, place);
  }
  if (shape.name === 'v1.Volume') keepBeside(input, output);
  return hasVanished(input, shape, output) ? undecodable : output;
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
  return Object.keys(input).some((name) => shape.fields.get(name)?.dropped !== undefined && input[name] !== undefined && input[name] !== null);
}

function decodeField(
  input: unknown, name: string, { shape, dropped }: FieldShape, output: Record<string, unknown>,
  scope: Scope, root: FieldPath, place: Place | undefined,
): void {
  if (input === undefined || input === null) return;
  // Most of a manifest is texts.
  const value = shape.kind === 'string' && typeof input === 'string' ? input : decode(input, shape, scope, root, { parent: place, step: name });
  if (value === undecodable) return;
  if (dropped === undefined) output[name] = value;
  else scope.check(decodeRules.dropped, dropped, pathOf(root, { parent: place, step: name }));
}

function decodeList(input: unknown, item: Shape, scope: Scope, root: FieldPath, place: Place | undefined): unknown {
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

function decodeMap(input: unknown, shape: Shape, scope: Scope, root: FieldPath, place: Place | undefined): unknown {
  if (!hasFields(input)) return refuse(input, 'map', scope, root, place);
  const output: Record<string, unknown> = {};
  const written = writtenJsonOf(input);
  written?.repeated.forEach((key) => reportRepeated(key, scope, pathOf(root, { parent: place, step: `[${key}]` })));
  for (const key of Object.keys(input)) {
    const value = exactScalar(input[key], written?.texts.get(key), shape);
    // `undefined` is not written at all.
    if (value === undefined) continue;
    const decoded = value === null ? zeroOf(shape) : decode(value, shape, scope, root, { parent: place, step: `[${key}]` });
    if (key === '__proto__') Object.defineProperty(output, key, { value: decoded, enumerable: true, configurable: true, writable: true });
    else output[key] = decoded;
  }
  return output;
}

function decodeScalar(
  input: unknown, kind: Exclude<Shape['kind'], 'object' | 'list' | 'map' | 'any'>, scope: Scope, root: FieldPath, place: Place | undefined,
): unknown {
  switch (kind) {
    case 'string': return typeof input === 'string' ? input : refuse(input, kind, scope, root, place);
    case 'boolean': return typeof input === 'boolean' ? input : refuse(input, kind, scope, root, place);
    case 'int32': return decodeInteger(input, kind, 2 ** 31, scope, root, place);
    case 'int64': return decodeInteger(input, kind, 2 ** 63, scope, root, place);
    case 'int-or-string': return typeof input === 'string' ? input : decodeInteger(input, 'int32', 2 ** 31, scope, root, place);
    case 'time': return isTime(input) ? input : refuse(input, 'time (RFC 3339)', scope, root, place);
    case 'quantity': return decodeQuantity(input, scope, root, place);
  }
}

function decodeInteger(input: unknown, type: string, limit: number, scope: Scope, root: FieldPath, place: Place | undefined): unknown {
  if (typeof input === 'bigint' && input >= -BigInt(limit) && input < BigInt(limit)) return Number(input);
  if (input instanceof NumberText) {
    scope.check(decodeRules.number, { value: input.text, type }, pathOf(root, place));
    return undecodable;
  }
  if (typeof input !== 'number' && typeof input !== 'bigint') return refuse(input, type, scope, root, place);
  // 2^63 - 1 itself becomes 2^63 when JSON is read into a number.
  const largest = limit === 2 ** 63 ? limit : limit - 1;
  if (typeof input === 'number' && Number.isInteger(input) && input >= -limit && input <= largest) return input;
  scope.check(decodeRules.number, { value: input, type }, pathOf(root, place));
  return undecodable;
}

function decodeQuantity(input: unknown, scope: Scope, root: FieldPath, place: Place | undefined): unknown {
  const isText = typeof input === 'string' || (typeof input === 'number' && Number.isFinite(input)) || typeof input === 'bigint';
  if (isText && isQuantity(String(input))) return String(input);
  scope.check(decodeRules.quantity, input instanceof NumberText ? input.text : input, pathOf(root, place));
  return undecodable;
}

function refuse(input: unknown, type: string, scope: Scope, root: FieldPath, place: Place | undefined): undefined {
  scope.check(decodeRules.type, { value: input, type }, pathOf(root, place));
  return undecodable;
}

function reportRepeated(name: string, scope: Scope, at: FieldPath): void {
  scope.check(decodeRules.repeated, { name, path: at.toString().replaceAll(/\[(?!\d+\])([^\]]*)\]/g, '.$1') }, at);
}

function reportUnknown(value: unknown, name: string, shape: ObjectShape, scope: Scope, at: FieldPath): void {
  // `undefined` never reaches the API server.
  if (value === undefined) return;
  scope.check(decodeRules.unknown, { name, hint: suggestField(name, at, scope.kind, shape, scope.server) }, at);
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

function pathOf(root: FieldPath, place: Place | undefined): FieldPath {
  if (place === undefined) return root;
  const parent = pathOf(root, place.parent);
  if (typeof place.step === 'number') return parent.index(place.step);
  return place.step.startsWith('[') ? parent.key(place.step.slice(1, -1)) : parent.child(place.step);
}

/** Whether JSON would write the fields of a value: it writes a Date as a text, and nothing of a Map. */
function hasFields(input: unknown): input is JsonObject {
  return isObject(input) && !(input instanceof Date) && !(input instanceof Map);
}

function isTime(input: unknown): boolean {
  if (input instanceof Date) return true;
  const isShaped = typeof input === 'string' && /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.test(input);
  return isShaped && !Number.isNaN(Date.parse(input.replace(',', '.').toUpperCase()));
}
