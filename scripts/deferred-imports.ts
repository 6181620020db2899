import { posix } from 'node:path';
import { joinedWith } from './joined-files';

/** The folder of the compiled package with the files that hold several. */
export const joinedFolder = 'joined';

const imports = /^(?:const|var) (\w+) = require\("([^"]+)"\);$/gm;
const ownImports = /require\(["'](\.{1,2}\/[^"']+)["']\)(?!\[)/g;
const joinedImports = /require\("[^"]+"\)\["([^"]+)"\]/g;

/**
 * The text of a compiled file that loads each file it imports when something in it is first used, out of the joined file that holds it.
 *
 * The compiler writes an import as `const rule_1 = require("./rule")` and each use as `rule_1.name`. Here `rule_1` becomes a stand-in that
 * the first use replaces by the file. What is imported for its effect stays, and so does `core`, which everything uses.
 *
 * @param file the path of the file in the package: `rules/admit.js`. Its text may have come from here, with other lists of joined files.
 */
export function deferImports(text: string, file: string): string {
  const folder = posix.dirname(file);
  return text
    .replace(joinedImports, (_, name: string) => `require("${pathTo(name, folder)}")`)
    .replace(imports, (eager, variable: string, imported: string) => (
      imported.startsWith('.') && posix.join(folder, imported).startsWith('core/')
        ? eager
        : `let ${variable} = new Proxy({}, { get: (_, name) => (${variable} = require("${imported}"))[name] });`
    ))
    .replace(ownImports, (alone, imported: string) => {
      const name = posix.join(folder, imported);
      const home = joinedWith(name);
      return home === undefined ? alone : joinedImport(home, name, folder);
    });
}

/** The text of a compiled file that passes on what a joined file holds of it. */
export function passOn(home: string, name: string): string {
  return `${passing}${joinedImport(home, name, posix.dirname(name))};\n`;
}

/** Whether a text was written by `passOn`. */
export function passesOn(text: string): boolean {
  return text.startsWith(passing);
}

const passing = '"use strict";\nmodule.exports = ';

function joinedImport(home: string, name: string, folder: string): string {
  return `require("${pathTo(`${joinedFolder}/${home}.js`, folder)}")["${name}"]`;
}

function pathTo(name: string, folder: string): string {
  const path = posix.relative(folder, name);
  return path.startsWith('.') ? path : `./${path}`;
}
