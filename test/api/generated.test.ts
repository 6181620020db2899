import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKubernetesTypes } from '../../scripts/generate-kubernetes-types';
import { propsFields } from '../../scripts/props-fields';
import { bareName } from '../../src/api/field-entry';
import { fieldsOfType, knownTypes } from '../../src/api/field-table';
import { fieldTexts, typeTexts } from '../../src/api/field-texts';

test.each(Object.entries(generateKubernetesTypes()))('%s is what the generator makes of the table', (path, text) => {
  expect(readFileSync(join(__dirname, '..', '..', path), 'utf8')).toBe(text);
});

/** The fields of types by their names without package. */
const types = new Map(knownTypes().map((type) => [bareName(type), fieldsOfType(type)]));

test('no field that props write in their own way is one that is not there', () => {
  const named = Object.entries(propsFields).flatMap(([type, fields]) => fields.map((field) => ({ type, field })));
  expect(named.filter(({ type, field }) => types.get(type)?.get(field) === undefined)).toEqual([]);
});

test('no documentation is of a field that is not there', () => {
  const missing = Object.keys(fieldTexts).filter((path) => {
    const [type = '', field = ''] = path.split('.');
    return types.get(type)?.get(field) === undefined;
  });
  expect(missing).toEqual([]);
  expect(Object.keys(typeTexts).filter((type) => !types.has(type))).toEqual([]);
});

test.each(['Job', 'JobSpec', 'CronJob', 'CronJobSpec', 'PodSpec', 'Container', 'JobStatus', 'PodFailurePolicyRule', 'SuccessPolicyRule'])(
  'every field of %s is documented in words of our own',
  (type) => {
    expect([...types.get(type)?.keys() ?? []].filter((field) => fieldTexts[`${type}.${field}`] === undefined)).toEqual([]);
  },
);
