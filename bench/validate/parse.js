// Plain JavaScript, so that node loads nothing else: parses a file, or all files of a folder, and does nothing with what comes out:
// parse.js <folder of the compiled package, or nothing for js-yaml> <path>
const { readdirSync, readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');
const [, , library, path] = process.argv;
const parse = library === '' ? require('js-yaml').loadAll : require(join(library, 'validate.js')).readManifests;
const files = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
for (const file of files) parse(readFileSync(file, 'utf8'));
