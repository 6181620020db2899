import fc from 'fast-check';
import { type Field, partOf } from '../../src/api/field-entry';
import { fieldsOfType, knownTypes } from '../../src/api/field-table';
import { type KubernetesVersion, kubernetesVersions } from '../../src/rules/rule/versions';
import { validateManifest } from '../../src/rules/validate-manifest';
import { validateUpdate } from '../../src/rules/validate-update';

const fieldNames = [...new Set(knownTypes().flatMap((type) => [...fieldsOfType(type).keys()]))];
const texts = ['', 'Always', 'Never', 'Indexed', 'a', 'A_b', 'x.y/z', '..', '/', '-1', '1Gi', '* * * * *', 'In', 'Exists', '0-3,5', 'TZ=UTC', '__proto__'];
const scalar = fc.oneof(
  fc.constantFrom(...texts), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.bigInt(), fc.string(),
);
const junk = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.oneof(fc.constantFrom(...fieldNames, '__proto__', 'constructor'), fc.string()), tie('value'), { maxKeys: 6 }),
})).value;
const version = fc.constantFrom<KubernetesVersion>(...kubernetesVersions);

/** A manifest whose every field has the right type and any value. */
function wellTyped(type: string, depth: number): fc.Arbitrary<unknown> {
  const model = Object.fromEntries([...fieldsOfType(type)].map(([name, field]) => [name, valueOf(field, depth)]));
  return fc.record(model, { requiredKeys: [] });
}

function valueOf(field: Field, depth: number): fc.Arbitrary<unknown> {
  const { holds, type, choices } = field;
  if (holds === 'map') return fc.dictionary(fc.constantFrom('cpu', 'memory', 'a', 'a b', 'hugepages-2Mi', '__proto__'), fc.constantFrom('1', '2Gi', '-1', '0.5'));
  if (holds === 'list') return depth <= 0 ? fc.constant([]) : fc.array(valueOf(partOf(field), depth - 1), { maxLength: 2 });
  switch (type) {
    case 'string': return fc.constantFrom(...texts, ...choices);
    case 'boolean': return fc.boolean();
    case 'int32': case 'int64': case 'IntOrString': return fc.constantFrom(-1, 0, 1, 2, 80, 70_000, 200_000, 2_147_483_647);
    case 'Quantity': return fc.constantFrom('1', '0', '-1', '1.5', '2Gi', '1e30');
    case 'Time': return fc.constant('2026-01-01T00:00:00Z');
    case 'FieldsV1': return fc.constant({});
    default: return depth <= 0 ? fc.constant({}) : wellTyped(type, depth - 1);
  }
}

const job = wellTyped('v1.JobSpec', 7).map((spec) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec }));
const cronJob = wellTyped('v1.CronJobSpec', 8).map((spec) => ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a' }, spec }));

describe('nothing makes it throw', () => {
  test('any value', () => {
    fc.assert(fc.property(junk, version, (value, kubernetesVersion) => {
      expect(validateManifest(value, { kubernetesVersion })).not.toEqual([]);
    }));
  });

  test('any value in the place of a spec', () => {
    fc.assert(fc.property(junk, fc.constantFrom('Job', 'CronJob'), version, (spec, kind, kubernetesVersion) => {
      expect(Array.isArray(validateManifest({ apiVersion: 'batch/v1', kind, metadata: spec, spec }, { kubernetesVersion }))).toBe(true);
    }), { numRuns: 300 });
  });

  test('any manifest of the right types, which is never a fault of decoding and never changed', () => {
    fc.assert(fc.property(fc.oneof(job, cronJob), version, (manifest, kubernetesVersion) => {
      const before = JSON.stringify(manifest);
      const found = validateManifest(manifest, { kubernetesVersion });
      expect(found.filter(({ type }) => type === 'Decode')).toEqual([]);
      expect(JSON.stringify(manifest)).toBe(before);
      expect(found).toEqual(validateManifest(JSON.parse(before), { kubernetesVersion }));
    }), { numRuns: 60 });
  });

  test('any update', () => {
    fc.assert(fc.property(fc.oneof(job, cronJob), fc.oneof(job, cronJob), version, (old, manifest, kubernetesVersion) => {
      expect(Array.isArray(validateUpdate(old, manifest, { kubernetesVersion }))).toBe(true);
    }), { numRuns: 30 });
  });

  test('getters that throw, proxies, functions, cycles and giants', () => {
    const cyclic: Record<string, unknown> = { apiVersion: 'batch/v1', kind: 'Job' };
    cyclic.spec = { template: cyclic };
    const hostile = new Proxy({ kind: 'Job' }, { get: () => { throw new Error('no'); } });
    const manifests: unknown[] = [
      { apiVersion: 'batch/v1', kind: 'Job', get spec() { throw new Error('no'); } }, hostile, cyclic, () => 1, Symbol('a'),
      { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a'.repeat(1_000_000) } },
      { apiVersion: 'batch/v1', kind: 'Job', spec: { template: { spec: { containers: Array.from({ length: 10_000 }, () => ({})) } } } },
    ];
    for (const manifest of manifests) expect(validateManifest(manifest)).not.toEqual([]);
  });
});

test('an update that changes nothing adds nothing', () => {
  fc.assert(fc.property(job, (manifest) => {
    const immutable = validateUpdate(manifest, manifest).filter(({ message }) => message === 'field is immutable');
    expect(immutable).toEqual([]);
  }), { numRuns: 30 });
});

test('a version that is not known is refused', () => {
  expect(() => validateManifest({}, { kubernetesVersion: '1.99' as KubernetesVersion })).toThrow('Cannot validate for Kubernetes 1.99');
});
