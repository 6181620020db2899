/** What becomes of 89 mistakes: `npx tsx bench/mistakes/main.ts` prints it, `--markdown` writes docs/mistakes.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allMistakes } from './all-mistakes';
import { judge } from './outcome';
import { toMarkdown, toText } from './report';
import { versionLine } from './versions';

const judged = judge(allMistakes);
if (process.argv.includes('--markdown')) writeFileSync(join(__dirname, '..', '..', 'docs', 'mistakes.md'), toMarkdown(judged, versionLine()));
else process.stdout.write(toText(judged));
