/** What a program pays for at its start: importing the package loads what makes objects, and no more. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const entry = join(__dirname, '..', 'src', 'index.ts');

/** The files of `src` that a program which imports the package, and then does this, has loaded. */
function loadedBy(statement: string): readonly string[] {
  const program = `const jobs = require(${JSON.stringify(entry)}); ${statement};
    console.log(Object.keys(require.cache).map((name) => /[\\\\/]src[\\\\/](?!.*node_modules)(.*)\\.ts$/.exec(name)?.[1]).filter(Boolean).join(' '))`;
  const options = { cwd: process.cwd(), encoding: 'utf8' as const };
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', createRequire(__filename).resolve('tsx/cjs'), '--eval', program], options);
  if (stdout === '') throw new Error(stderr);
  return stdout.trim().replaceAll('\\', '/').split(' ');
}

const costly = ['rules/check-job', 'yaml/read-manifests', 'schedule/zone-names'];

test.each<[string, string, readonly string[]]>([
  ['importing the package loads none of rules, YAML reader and time zones', '', []],
  ['the first validated manifest loads the rules, with what they know of schedules', 'jobs.validateManifest({})', ['rules/check-job', 'schedule/zone-names']],
  ['the first text loads the YAML reader', "jobs.readManifests('')", ['yaml/read-manifests']],
  ['the first schedule loads the reader of schedules', "jobs.parseSchedule('@daily')", ['schedule/zone-names']],
])('%s', (_, statement, expected) => {
  const loaded = loadedBy(statement);
  expect(loaded).toContain('constructs/indexed-job');
  expect(loaded.filter((name) => costly.includes(name)).sort()).toEqual(expected);
});
