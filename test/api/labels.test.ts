import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as labels from '../../src/api/labels';

test('the pods of a Job carry its name and uid, each under its name of today and its name of old', () => {
  expect(labels.generatedLabels('report', 'uid-1')).toEqual({
    'controller-uid': 'uid-1',
    'batch.kubernetes.io/controller-uid': 'uid-1',
    'job-name': 'report',
    'batch.kubernetes.io/job-name': 'report',
  });
});

test.each([
  ['controller-uid', true],
  ['job-name', true],
  ['batch.kubernetes.io/controller-uid', true],
  ['batch.kubernetes.io/job-name', true],
  ['batch.kubernetes.io/job-completion-index', false],
  ['toString', false],
  ['', false],
])('%j is a generated label: %j', (label, isGenerated) => {
  expect(labels.isGeneratedLabel(label)).toBe(isGenerated);
});

test('no other file of src writes a name of batch by hand', () => {
  const names = Object.values(labels).filter((value) => typeof value === 'string');
  const root = join(__dirname, '../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && file !== join('api', 'labels.ts'));
  const written = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    return names.filter((name) => name.includes('-') && text.includes(`'${name}'`)).map((name) => `${file}: ${name}`);
  });
  expect(names.length).toBeGreaterThan(9);
  expect(written).toEqual([]);
});
