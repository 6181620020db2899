import { findKeyPosition, findPosition } from '../../src/yaml/positions';
import { readManifests } from '../../src/yaml/read-manifests';

const manifest = `# a job
apiVersion: batch/v1
kind: Job
metadata:
  name: etl
  labels: {app.kubernetes.io/name: etl, tier: back, '007': bond}
spec:
  parallelism: 2
  template:
    spec:
      containers:
      - name: c
        image: i
        env:
          - {name: A, value: 1}
---
base: &base
  image: old
  tag: "1"
list:
- *base
merged:
  <<: *base
  image: new
empty:
twice: 1
twice: 2
block: |- # why
  text
quoted: 'x'
`;

const [job, other] = readManifests(manifest);

test.each([
  ['a scalar where its value begins', 'metadata.name', 5, 9],
  ['a key in brackets', 'metadata.labels[app.kubernetes.io/name]', 6, 36],
  ['a key of digits that is no position', 'metadata.labels[007]', 6, 60],
  ['a flow map where it opens', 'metadata.labels', 6, 11],
  ['a block map at its key', 'spec.template.spec', 10, 5],
  ['a block list at its key', 'spec.template.spec.containers', 11, 7],
  ['an element of a list', 'spec.template.spec.containers[0]', 12, 9],
  ['a field of an element', 'spec.template.spec.containers[0].image', 13, 16],
  ['a flow map in a list', 'spec.template.spec.containers[0].env[0].value', 15, 30],
  ['a missing field at the field around it', 'spec.completions', 7, 1],
  ['a missing element at its list', 'spec.template.spec.containers[3].name', 11, 7],
  ['the document itself', '', 2, 1],
])('%s', (_, field, line, column) => {
  expect(job && findPosition(job, field)).toEqual({ line, column });
});

test.each([
  ['an alias where it is written', 'list[0]', 21, 3],
  ['a field of an alias where it comes from', 'list[0].image', 18, 10],
  ['a merged key where it comes from', 'merged.tag', 19, 8],
  ['an own key behind a merge', 'merged.image', 24, 10],
  ['an empty value at its key', 'empty', 25, 1],
  ['the last of two equal keys', 'twice', 27, 8],
  ['a block text at its indicator', 'block', 28, 8],
  ['a quoted text at its quote', 'quoted', 30, 9],
])('%s', (_, field, line, column) => {
  expect(other && findPosition(other, field)).toEqual({ line, column });
});

test('a key has a place of its own', () => {
  expect(job && findKeyPosition(job, 'metadata.name')).toEqual({ line: 5, column: 3 });
});

test('JSON has positions too', () => {
  const [, second] = readManifests('{"a": 1}\n{\n  "b": {\n    "c": [1, "x"]\n  }\n}\n');
  expect(second && findPosition(second, 'b.c[1]')).toEqual({ line: 4, column: 14 });
});

test('a document that the reader did not make stands at its line', () => {
  expect(findPosition({ value: {}, line: 4 }, 'a')).toEqual({ line: 4, column: 1 });
});
