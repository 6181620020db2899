/**
 * `tsx scripts/defer-imports.ts [FOLDER]`, which is `lib` by default.
 *
 * Makes the compiled package load each of its files when something in it is first used, as `import defer` of ECMAScript would: a program
 * pays for what it does and not for what it could do. The sources keep plain imports.
 *
 * The compiler writes an import as `const rule_1 = require("./rule")` and each use as `rule_1.name`. Here `rule_1` becomes a stand-in that
 * the first use replaces by the file. What is imported for its effect stays, and so does `core`, whose few small files everything uses.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const library = resolve(process.argv[2] ?? join(__dirname, '..', 'lib'));
const imports = /^(?:const|var) (\w+_\d+) = require\("([^"]+)"\);$/gm;

for (const name of readdirSync(library, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.js')) continue;
  const file = join(library, name);
  const text = readFileSync(file, 'utf8');
  const deferred = text.replace(imports, (eager, variable: string, imported: string) => (
    isOfCore(imported, file) ? eager : `let ${variable} = new Proxy({}, { get: (_, name) => (${variable} = require("${imported}"))[name] });`
  ));
  if (deferred !== text) writeFileSync(file, deferred);
}

function isOfCore(imported: string, importer: string): boolean {
  return imported.startsWith('.') && relative(library, resolve(dirname(importer), imported)).split(sep)[0] === 'core';
}
