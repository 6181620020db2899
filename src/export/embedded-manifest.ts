import { isObject } from '../core/json';
import { writeYaml } from '../yaml/write-yaml';

/** Characters that YAML cannot hold as they are: one that a manifest has not stands for a brace until the text is written. */
const marks = ['\ufdd0', '\ufdd1', '\ufdd2', '\ufdd3'];

/**
 * An object as the text of a manifest in which nothing reads as a parameter of Argo: two braces beside each other are written with an
 * escape that YAML takes for a brace.
 */
export function embeddedManifest(object: object): string {
  const json = JSON.stringify(object);
  if (!json.includes('{{')) return writeYaml(object);
  const mark = marks.find((each) => !json.includes(each) && !json.toLowerCase().includes(escapeOf(each).slice(1).toLowerCase()));
  if (mark === undefined) return writeYaml(object);
  return writeYaml(mapTexts(object, (text) => text.replace(/(?<=\{)\{/g, mark))).replaceAll(escapeOf(mark), '\\x7B');
}

/** Whether a text of an object, or a key, has what Argo takes for a parameter. */
export function hasBraces(object: object): boolean {
  let found = false;
  mapTexts(object, (text) => {
    found ||= text.includes('{{');
    return text;
  });
  return found;
}

function escapeOf(mark: string): string {
  return `\\u${mark.charCodeAt(0).toString(16).toUpperCase()}`;
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [map(key), mapTexts(entry, map)]));
}
