import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleChapters } from '../../src/rules/all-rules';
import { renderRuleDocs } from '../../src/rules/explain/render-docs';
import { renderGateDocs } from '../../src/rules/explain/render-gates';

test('docs/rules.md is the table: run `npx projen generate` when this fails', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'rules.md'), 'utf8')).toBe(renderRuleDocs(ruleChapters));
});

test('docs/feature-gates.md is the table: run `npx projen generate` when this fails', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'feature-gates.md'), 'utf8')).toBe(renderGateDocs());
});
