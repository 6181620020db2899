import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { undecodableMessage } from '../../src/api/invalid-message';
import { type Finding } from '../../src/core/finding';
import { kubernetesVersions, type KubernetesVersion } from '../../src/rules/rule/versions';
import { findErrors, validateManifest } from '../../src/rules/validate-manifest';
import { validateUpdate } from '../../src/rules/validate-update';
import { readManifests } from '../../src/yaml/read-manifests';

/** What a live API server answered. */
interface Answer {
  readonly valid: boolean;
  readonly errors: readonly { readonly field: string; readonly type: string }[];
  readonly stage?: 'decode' | 'panic';
  readonly warnings?: readonly string[];
}

interface Vector extends Answer {
  readonly id: string;
  readonly manifest: unknown;
  readonly old?: unknown;
  readonly versions?: readonly KubernetesVersion[];
  readonly byVersion?: Partial<Record<KubernetesVersion, Answer>>;
}

interface DecodeVector {
  readonly id: string;
  readonly body: string;
  readonly httpStrict: number;
  /** What the API server said; of older records by another name. */
  readonly message?: string;
  readonly message_1_36?: string;
}

function read<Row>(name: string): Row[] {
  return readFileSync(join(__dirname, 'vectors', name), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Row);
}

function summary(findings: readonly { readonly field: string; readonly type: string }[]): string[] {
  return findings.map(({ field, type }) => `${field}: ${type}`).sort();
}

function expectAnswer(found: readonly Finding[], answer: Answer): void {
  const errors = found.filter(({ severity }) => severity === 'error');
  if (answer.stage === 'decode') expect(errors.map(({ type }) => type)).toContainEqual(expect.stringMatching(/Decode|Unknown/));
  // Where the API server crashes, a refusal is the best answer.
  else if (answer.stage === 'panic') expect(errors).not.toEqual([]);
  else expect(summary(errors)).toEqual(summary(answer.errors));
}

describe.each(kubernetesVersions)('what the API server %s answers', (version) => {
  const holds = ({ versions }: Vector): boolean => versions === undefined || versions.includes(version);

  test.each(read<Vector>('create.jsonl').filter(holds).map((vector) => [vector.id, vector]))('create %s', (_, { manifest, byVersion, ...answer }) => {
    expectAnswer(validateManifest(manifest, { kubernetesVersion: version }), byVersion?.[version] ?? answer);
  });

  test.each(read<Vector>('update.jsonl').filter(holds).map((vector) => [vector.id, vector]))('update %s', (_, { old, manifest, byVersion, ...answer }) => {
    expectAnswer(validateUpdate(old, manifest, { kubernetesVersion: version }), byVersion?.[version] ?? answer);
  });
});

test('looking for errors alone finds the same ones', () => {
  for (const { manifest } of read<Vector>('create.jsonl')) {
    expect(findErrors(manifest)).toEqual(validateManifest(manifest).filter(({ severity }) => severity === 'error'));
  }
});

describe('warnings', () => {
  test.each(read<Vector>('create.jsonl').map((vector) => [vector.id, vector]))('%s', (_, { manifest, warnings = [] }) => {
    // That it drops a field is what the API server does not say.
    const found = validateManifest(manifest).filter(({ severity, rule }) => severity === 'warning' && rule !== 'field-is-kept');
    // The recorded texts hold quotes as they were escaped in the HTTP header.
    const texts = found.map(({ field, message }) => (message.startsWith('volume "') ? message : `${field}: ${message}`));
    expect(texts).toEqual(warnings.map((text) => text.replaceAll('\\"', '"')));
  });
});

describe('bodies that are refused before validation', () => {
  // What is no JSON is read as YAML by kubectl: `test/yaml` holds what becomes of it.
  const json = read<DecodeVector>('decode.jsonl').filter(({ id }) => id !== 'truncated');
  test.each(json.map((vector) => [vector.id, vector]))('%s', (_, { body, httpStrict, message = '', message_1_36: said = message }) => {
    const [document] = readManifests(body);
    const found = validateManifest(document?.value).filter(({ severity }) => severity === 'error');
    const areDecodeFaults = found.some(({ type }) => type === 'Decode' || type === 'Unknown');
    expect(areDecodeFaults).toBe(httpStrict === 400);
    expect(found.length > 0).toBe(httpStrict !== 201);
    // What is refused for its kind has another beginning, and is told in words of our own.
    if (!/^(?:no kind|the object provided)/.test(said)) expect(undecodableMessage(document?.value as object, found)?.replace(/^.*? as a Job: /, '') ?? '').toBe(said);
  });
});
