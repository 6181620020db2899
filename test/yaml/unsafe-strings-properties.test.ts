import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { difficultText } from './difficult-text';
import { readManifestStream } from '../../src/yaml/read-manifests';
import { arrivesSurely, findUnsafeStrings } from '../../src/yaml/unsafe-strings';

const anyText = fc.oneof({ weight: 9, arbitrary: difficultText }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) });

function survives(value: object): boolean {
  const { documents, error } = readManifestStream(Yaml.stringify(value));
  return error === undefined && JSON.stringify(documents.map((document) => document.value)) === JSON.stringify([value]);
}

test("a value without a finding survives cdk8s's writer and kubectl's reader", () => {
  fc.assert(fc.property(anyText, (text) => {
    const value = { kind: text, list: [text], deep: [{ er: { k: text } }], last: 'x' };
    fc.pre(findUnsafeStrings(value).length === 0);
    expect(survives(value)).toBe(true);
  }), { numRuns: 3000 });
});

test('so does a key', () => {
  fc.assert(fc.property(anyText, (text) => {
    fc.pre(text !== '__proto__');
    const value = { kind: 'Job', labels: { [text]: 'v', zz: 'x' } };
    fc.pre(findUnsafeStrings(value).length === 0);
    expect(survives(value)).toBe(true);
  }), { numRuns: 2000 });
});

test('what arrives for sure has no finding, as a value or as a key', () => {
  fc.assert(fc.property(anyText, (text) => {
    const value = { a: text, list: [text, { [text]: text }] };
    fc.pre(arrivesSurely(JSON.stringify(value)));
    expect(findUnsafeStrings(value)).toEqual([]);
  }), { numRuns: 3000, maxSkipsPerRun: 1000 });
});

test.each([
  'registry.example/app:7', '--flag=v', '-x', '$(INDEX)', '1500m', '2048Mi', '17', '{"a": [1]}', '*/5 * * * *', '',
])('%j is seen to arrive', (text) => {
  expect(arrivesSurely(JSON.stringify({ env: [{ name: 'X', value: text }] }))).toBe(true);
});

test('a finding about one line of ASCII is never a false alarm', () => {
  const oneLine = anyText.filter((text) => /^[\x20-\x7e]*$/.test(text));
  fc.assert(fc.property(oneLine, (text) => {
    fc.pre(findUnsafeStrings({ kind: text }).length > 0);
    expect(survives({ kind: text })).toBe(false);
  }), { numRuns: 200, maxSkipsPerRun: 1000 });
});
