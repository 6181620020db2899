/**
 * Writes `API.md` from the doc comments of the entry points: one file, the same bytes every time.
 *
 * Run: `npx projen docgen`. `--check` writes nothing and fails when the file is stale.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** Import name → entry file, in reading order. */
const entryPoints: Readonly<Record<string, string>> = {
  'cdk8s-jobs': 'src/index.ts',
  'cdk8s-jobs/runtime': 'src/runtime/index.ts',
  'cdk8s-jobs/testing': 'src/testing/index.ts',
};

function main(): void {
  const sections: string[] = [];
  for (const [name, file] of Object.entries(entryPoints)) sections.push(`# ${name}\n\n${deepen(render(file))}`);
  const text = mendLinks(`<!-- Generated from the doc comments by scripts/generate-api-doc.ts. Do not edit. -->\n\n${sections.join('\n\n')}\n`);
  const path = join(root, 'API.md');
  if (process.argv.includes('--check')) {
    if (readFileSync(path, 'utf8') === text) return;
    console.error('API.md is stale: run npx projen docgen');
    process.exitCode = 1;
    return;
  }
  writeFileSync(path, text);
}

function render(file: string): string {
  const out = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-api-'));
  try {
    const options = join(out, 'typedoc.json');
    writeFileSync(options, JSON.stringify({ ...typedocOptions, entryPoints: [join(root, file)], outputs: [{ name: 'markdown', path: out }] }));
    // A process of its own: typedoc and its plugin must be the same copy, which a TypeScript loader in between prevents.
    execFileSync(process.execPath, [join(root, 'node_modules/typedoc/bin/typedoc'), '--options', options], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    return readFileSync(join(out, 'API.md'), 'utf8').trim();
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

const typedocOptions = {
  tsconfig: join(root, 'tsconfig.json'),
  plugin: ['typedoc-plugin-markdown'],
  router: 'module',
  entryFileName: 'API',
  readme: 'none',
  disableSources: true,
  hideGenerator: true,
  excludePrivate: true,
  excludeExternals: true,
  excludeInternal: true,
  logLevel: 'Warn',
  validation: { notExported: false, notDocumented: true, invalidLink: true },
  // A property may speak for itself; a name that is exported may not.
  requiredToBeDocumented: ['Class', 'Interface', 'TypeAlias', 'Function', 'Enum', 'Variable', 'Namespace', 'Method', 'Accessor'],
  treatValidationWarningsAsErrors: true,
  blockTags: ['@source', '@default', '@throws', '@param', '@returns', '@example', '@remarks', '@see', '@deprecated', '@typeParam'],
  sort: ['source-order'],
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  enumMembersFormat: 'table',
  useCodeBlocks: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  hidePageTitle: true,
};

/** Headings one level down, below the name of the entry point. */
function deepen(text: string): string {
  return text.replace(/^(#+) /gm, '#$1 ');
}

/** typedoc numbers a heading whose name also occurs as `Class.member`; Markdown viewers do not. */
function mendLinks(text: string): string {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slugOf(heading));
  const anchors = new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)"/g)].map(([, id = '']) => id)]);
  return text.replace(/\]\(#([^)]+)\)/g, (link, anchor: string) => {
    const [, plain = anchor, number = '0'] = /^(.*)-(\d+)$/.exec(anchor) ?? [];
    // Viewers number the second heading of a name with 1.
    if (anchors.has(anchor) || headings.filter((heading) => heading === plain).length > Number(number)) return link;
    if (!anchors.has(plain)) throw new Error(`API.md: ${link} leads nowhere`);
    return `](#${plain})`;
  });
}

/** The anchor that a heading gets. */
function slugOf(heading: string): string {
  return heading.replace(/[`\\]/g, '').toLowerCase().replace(/[^\p{L}\p{N}\- _]/gu, '').trim().replace(/ /g, '-');
}

main();
