import type { ScalarNode } from './node-tree';
import { resolvePlain, type PlainValue } from './plain-scalars';
import { TextFault } from './text-fault';

/**
 * The value of a scalar, given its tag and quotes; a tag that YAML 1.1 does not have makes it a string.
 *
 * @throws {TextFault} when the text cannot have the type that its tag asks for.
 * @source go.yaml.in/yaml/v2 resolve.go resolve, decode.go decoder.scalar (v2.4.4, as linked by kubectl v1.37)
 */
export function resolveScalar(node: ScalarNode): PlainValue {
  const { text, isPlain } = node;
  const tag = node.tag === undefined ? undefined : shortTag(node.tag);
  switch (tag) {
    case undefined:
      return isPlain ? resolvePlain(text) : text;
    case '!!int':
    case '!!bool':
    case '!!null':
    case '!!float':
      return resolveTagged(tag, node);
    case '!!timestamp':
      if (isTimestamp(text)) return text;
      throw new TextFault(`cannot decode !!str \`${text}\` as a !!timestamp`, node.offset);
    case '!!binary':
      return decodeBase64(node);
    default:
      return text;
  }
}

/** Whether a key asks for a merge: a plain `<<`, or any `<<` with the tag for it. */
export function isMergeKey(node: ScalarNode): boolean {
  if (node.text !== '<<') return false;
  return node.tag === undefined ? node.isPlain : shortTag(node.tag) === '!!merge';
}

const longPrefix = 'tag:yaml.org,2002:';

function shortTag(raw: string): string {
  const tag = raw.startsWith('!<') ? raw.slice(2, -1) : raw;
  const decoded = tag.includes('%') ? decodeURIComponent(tag) : tag;
  return decoded.startsWith(longPrefix) ? `!!${decoded.slice(longPrefix.length)}` : decoded;
}

function resolveTagged(tag: '!!int' | '!!bool' | '!!null' | '!!float', { text, offset }: ScalarNode): PlainValue {
  const value = resolvePlain(text);
  const found = tagOf(value);
  if (found === tag) return value;
  // Whole numbers are floats when asked to be, up to 63 bits.
  if (tag === '!!float' && typeof value === 'bigint' && value < 2n ** 63n) return Number(value);
  throw new TextFault(`cannot decode ${found} \`${text}\` as a ${tag}`, offset);
}

function tagOf(value: PlainValue): string {
  if (value === null) return '!!null';
  switch (typeof value) {
    case 'boolean': return '!!bool';
    case 'bigint': return '!!int';
    case 'number': return '!!float';
    default: return '!!str';
  }
}

const date = /^(\d{4})-(\d{1,2})-(\d{1,2})/;
const timeOfDay = /^(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)$/;

function isTimestamp(text: string): boolean {
  const day = date.exec(text);
  if (day === null) return false;
  const [year = 0, month = 0, dayOfMonth = 0] = day.slice(1).map(Number);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const lastDay = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  if (dayOfMonth < 1 || dayOfMonth > lastDay) return false;
  const rest = text.slice(day[0].length);
  const time = timeOfDay.exec(rest);
  if (time === null) return rest === '';
  const [hour = 0, minute = 0, second = 0] = time.slice(1).filter((part) => part !== undefined).map(Number);
  return hour <= 23 && minute <= 59 && second <= 59;
}

function decodeBase64({ text, offset }: ScalarNode): string {
  const digits = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(digits)) {
    throw new TextFault('!!binary value contains invalid base64 data', offset);
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(atob(digits), (character) => character.charCodeAt(0)));
}
