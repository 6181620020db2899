import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleChapters } from '../src/rules/all-rules';
import { renderRuleDocs } from '../src/rules/explain/render-docs';
import { renderGateDocs } from '../src/rules/explain/render-gates';

const folder = join(__dirname, '..', 'docs');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'rules.md'), renderRuleDocs(ruleChapters));
writeFileSync(join(folder, 'feature-gates.md'), renderGateDocs());
