/**
 * Writes `API.md` from the doc comments of the entry points: one file, the same bytes every time.
 *
 * The names stand in the order of the entry points, below the comments there. Run: `npx projen docgen`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Chapter, readChapters } from './api-doc/chapters';
import { openProgram } from './api-doc/program';
import { renderName } from './api-doc/render-name';

const root = join(__dirname, '..');

/** An entry point: what is imported, from where, and what for. */
interface EntryPoint {
  readonly module: string;
  readonly file: string;
  readonly title: string;
}

const entryPoints: readonly EntryPoint[] = [
  { module: 'cdk8s-jobs', file: 'src/index.ts', title: 'Jobs' },
  { module: 'cdk8s-jobs/testing', file: 'src/testing/index.ts', title: 'Testing' },
  { module: 'cdk8s-jobs/runtime', file: 'src/runtime/index.ts', title: 'Runtime' },
];

const introduction = `<!-- Generated from the doc comments by scripts/generate-api-doc.ts. Do not edit. -->

# API

Every name that the package exports. Type parameters that the compiler finds by itself are left out: the types are those of variables, in which
a literal is not known. What is named but not described here is a type of Kubernetes: \`kubectl explain job --recursive\` has its fields.`;

function main(): void {
  const { checker, source, looseType, place } = openProgram(root, entryPoints.map(({ file }) => file));
  const parts = entryPoints.map((entry) => ({ ...entry, chapters: readChapters(source(entry.file), checker) }));
  const names = new Set(parts.flatMap(({ chapters }) => chapters.flatMap((chapter) => chapter.names.map(({ name }) => name))));
  const renderer = { checker, names, looseType, place, printed: new Map<string, string>() };
  const renderChapter = (chapter: Chapter): string => [`### ${chapter.title}`, ...chapter.names.map((name) => renderName(name, renderer))].join('\n\n');
  const text = [
    introduction,
    ...parts.map(({ title, chapters }) => `- ${link(title)}\n${chapters.map(renderContents).join('\n')}`),
    ...parts.flatMap(({ title, module, chapters }) => [`## ${title}`, `\`import { … } from '${module}'\``, ...chapters.map(renderChapter)]),
  ];
  writeFileSync(join(root, 'API.md'), `${text.join('\n\n')}\n`);
}

/** Only chapters are linked: the names stand below them in this order, and links to all of them would be a thirtieth of the page. */
function renderContents({ title, names }: Chapter): string {
  return `  - ${link(title)}: ${names.map(({ name }) => name).join(', ')}`;
}

function link(title: string): string {
  return `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`;
}

main();
