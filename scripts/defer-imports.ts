/**
 * `tsx scripts/defer-imports.ts [FOLDER]`, which is `lib` by default.
 *
 * Makes the compiled package load each of its files when something in it is first used, as `import defer` of ECMAScript would: a program
 * pays for what it does and not for what it could do. The sources keep plain imports.
 *
 * Files that are used together are joined to one, and each of them passes on what is there: by either way one gets the same classes.
 *
 * Declarations are marked as checked, so that compilers, too, do for a program what it needs.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { transformSync } from 'esbuild';
import { markChecked } from './checked-declarations';
import { deferImports, joinedFolder, passesOn, passOn } from './deferred-imports';
import { joinFiles } from './join-files';
import { joinedFiles } from './joined-files';

const library = resolve(process.argv[2] ?? join(__dirname, '..', 'lib'));
void run();

async function run(): Promise<void> {
  for (const name of readdirSync(library, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.js') && !name.startsWith(joinedFolder)) deferFile(name.replaceAll(sep, '/'));
    if (/\.d\.m?ts$/.test(name)) markFile(join(library, name));
  }
  mkdirSync(join(library, joinedFolder), { recursive: true });
  for (const [home, files] of Object.entries(joinedFiles)) {
    const joined = `${joinedFolder}/${home}.js`;
    writeFileSync(join(library, joined), deferImports(await joinFiles(home), joined));
    for (const file of files) writeFileSync(join(library, `${file}.js`), passOn(home, file));
  }
}

function markFile(path: string): void {
  const text = readFileSync(path, 'utf8');
  const marked = markChecked(text);
  if (marked !== text) writeFileSync(path, marked);
}

function deferFile(name: string): void {
  const text = readFileSync(join(library, name), 'utf8');
  const source = join(__dirname, '..', 'src', name.replace(/\.js$/, '.ts'));
  // The compiler, too, leaves what it made of a source that is gone.
  if (!existsSync(source)) return;
  const deferred = deferImports(passesOn(text) ? compile(source) : text, name);
  if (deferred !== text) writeFileSync(join(library, name), deferred);
}

/** A file that was joined when it was last compiled, and whose text is therefore gone. */
function compile(source: string): string {
  return transformSync(readFileSync(source, 'utf8'), { loader: 'ts', format: 'cjs', target: 'node20' }).code;
}
