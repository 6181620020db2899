import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldDocs, typeDocs } from '../../scripts/field-docs';
import { generateKubernetesTypes } from '../../scripts/generate-kubernetes-types';
import { fields } from '../../src/api/fields';

test.each(Object.entries(generateKubernetesTypes()))('%s is what the generator makes of the table', (path, text) => {
  expect(readFileSync(join(__dirname, '..', '..', path), 'utf8')).toBe(text);
});

/** Names without their package: `v1.JobSpec` is JobSpec. */
const types = new Map(Object.entries(fields).map(([name, shapes]) => [name.replace(/^.*\./, ''), shapes]));

test('no documentation is of a field that is not there', () => {
  const missing = Object.keys(fieldDocs).filter((path) => {
    const [type = '', field = ''] = path.split('.');
    return types.get(type)?.[field] === undefined;
  });
  expect(missing).toEqual([]);
  expect(Object.keys(typeDocs).filter((type) => !types.has(type))).toEqual([]);
});

test.each(['Job', 'JobSpec', 'CronJob', 'CronJobSpec', 'PodSpec', 'Container', 'JobStatus', 'PodFailurePolicyRule', 'SuccessPolicyRule'])(
  'every field of %s is documented in words of our own',
  (type) => {
    expect(Object.keys(types.get(type) ?? {}).filter((field) => fieldDocs[`${type}.${field}`] === undefined)).toEqual([]);
  },
);
