// Plain JavaScript, so that node loads nothing else: parses a file, or all files of a folder, and does nothing with what comes out.
const { readdirSync, readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { loadAll } = require('js-yaml');
const [, , path] = process.argv;
const files = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
for (const file of files) loadAll(readFileSync(file, 'utf8'));
