import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTable } from '../test/cluster/gitops/table';

const page = join(__dirname, '..', 'docs', 'guide.md');
writeFileSync(page, withTable(readFileSync(page, 'utf8')));
