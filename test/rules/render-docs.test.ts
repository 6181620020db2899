import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleChapters } from '../../src/rules/all-rules';
import { renderRuleDocs } from '../../src/rules/explain/render-docs';

test('docs/rules.md is the table: run `npx projen generate` when this fails', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'rules.md'), 'utf8')).toBe(renderRuleDocs(ruleChapters));
});
