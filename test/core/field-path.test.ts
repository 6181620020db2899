import { FieldPath } from '../../src/core/field-path';

test.each([
  ['a field', FieldPath.root.child('spec'), 'spec'],
  ['a field of a field', FieldPath.root.child('spec', 'template'), 'spec.template'],
  ['a list element', FieldPath.root.child('spec').child('containers').index(2).child('name'), 'spec.containers[2].name'],
  ['a map entry', FieldPath.root.child('metadata', 'labels').key('app.kubernetes.io/name'), 'metadata.labels[app.kubernetes.io/name]'],
  ['the object itself', FieldPath.root, ''],
])('the path of %s prints as the API server prints it', (_, path, text) => {
  expect(path.toString()).toBe(text);
});
