import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';
import { type ContentKind, keyOf, referencesOf } from './references';
import { apiServer } from '../api/api-server';
import { dropDisabled } from '../api/create-strategy';
import type { Decoded } from '../api/decoded';
import { setJobDefaults } from '../api/defaults';
import type { JobSpec } from '../api/kubernetes';
import { asObject, type JsonObject } from '../core/json';
import { admit } from '../rules/admit';
import { canonicalValue } from '../rules/job/same-value';

/** What the hash of a Job is made from, besides its manifest. */
export interface HashOptions {
  /** The name without the hash. */
  readonly name: string;
  /** The ConfigMap or Secret of that name which is deployed with the Job, in its namespace; undefined for one that is not. */
  readonly find: (kind: ContentKind, name: string) => unknown;
  /** What the Job runs again for: the mark of a release. */
  readonly on?: string | undefined;
}

/** The version of Kubernetes whose fields and defaults count. Part of the format: see docs/hash-names.md before you change it. */
const server = apiServer(37);

const alphabet = '2456789bcdfghjklmnpqrstvwxz';
const digits = 10;

/** How many characters a hash adds to a name. */
const suffixLength = 1 + digits;

/**
 * The name of a Job that runs again when its content changes: `migrate-7t2dkzm4xq`. At most `maxLength` characters; what is too long loses
 * its end, which still counts in the hash.
 *
 * Undefined for a manifest that is no readable Job. The format of the hash is a contract: docs/hash-names.md.
 */
export function hashedName(manifest: unknown, maxLength: number, options: HashOptions): string | undefined {
  const input = hashInput(manifest, options);
  if (input === undefined) return undefined;
  const start = options.name.slice(0, maxLength - suffixLength).replace(/[-.]+$/, '');
  return `${start}-${hashOf(input)}`;
}

/**
 * The text that is hashed: name, immutable part of the spec, what the pods read and the mark, as JSON in its canonical form (RFC 8785).
 *
 * Two Jobs of one name have the same text exactly if one may replace the other in the cluster.
 */
export function hashInput(manifest: unknown, { name, find, on }: HashOptions): string | undefined {
  const { scope, object: job } = admit(manifest, server);
  if (job === undefined || scope.kind !== 'Job') return undefined;
  setJobDefaults(job);
  const spec = job.spec ?? {};
  dropDisabled(spec, server);
  return canonicalJson({ content: contentsOf(spec, find), name, on, spec: immutablePart(spec) });
}

/** Ten characters without vowels, so that they make no words. */
function hashOf(input: string): string {
  const base = BigInt(alphabet.length);
  let rest = BigInt(`0x${createHash('sha256').update(input).digest('hex')}`) % base ** BigInt(digits);
  let text = '';
  for (let position = 0; position < digits; position += 1) {
    text = `${alphabet[Number(rest % base)] ?? ''}${text}`;
    rest /= base;
  }
  return text;
}

/**
 * The fields that no update may change.
 *
 * @source pkg/apis/batch/validation/validation.go ValidateJobSpecUpdate (v1.37)
 */
function immutablePart(spec: Decoded<JobSpec>): unknown {
  const { backoffLimitPerIndex, completionMode, completions, managedBy, podFailurePolicy, successPolicy, template } = spec;
  // A selector that is not the user's own is made by the API server for each Job.
  const selector = spec.manualSelector === true ? spec.selector : undefined;
  const kept = { backoffLimitPerIndex, completionMode, completions, managedBy, podFailurePolicy, selector, successPolicy, template };
  return canonicalValue(kept);
}

/** What the pods read of that which is deployed with them, by kind and name. */
function contentsOf(spec: Decoded<JobSpec>, find: HashOptions['find']): JsonObject | undefined {
  const contents: Array<[string, JsonObject]> = [];
  for (const reference of referencesOf(spec.template?.spec ?? {})) {
    const manifest = find(reference.kind, reference.name);
    if (manifest !== undefined) contents.push([keyOf(reference), contentOf(reference.kind, asObject(manifest))]);
  }
  return contents.length === 0 ? undefined : Object.fromEntries(contents);
}

/**
 * The content of a ConfigMap or Secret as the cluster has it: there `stringData` has gone over `data`.
 *
 * @source pkg/apis/core/v1/conversion.go Convert_v1_Secret_To_core_Secret (v1.37)
 */
function contentOf(kind: ContentKind, { data, stringData, binaryData }: JsonObject): JsonObject {
  if (kind === 'ConfigMap') return { binaryData: textsOf(binaryData, canonicalBase64), data: textsOf(data) };
  return { data: unlessEmpty({ ...textsOf(data, canonicalBase64), ...textsOf(stringData, toBase64) }) };
}

/** The texts of a map; undefined for none. */
function textsOf(map: unknown, convert: (text: string) => string = (text) => text): JsonObject | undefined {
  const texts = Object.entries(asObject(map)).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return unlessEmpty(Object.fromEntries(texts.map(([key, text]) => [key, convert(text)])));
}

function unlessEmpty(texts: JsonObject): JsonObject | undefined {
  return Object.keys(texts).length === 0 ? undefined : texts;
}

function canonicalBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('base64');
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}
