// Plain JavaScript, so that node loads nothing else: prints the CPU time in ms that the whole process has used after loading a module and,
// when more is asked for, a first use of it.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const [, , path, use, ...args] = process.argv;
const loaded = require(path);
if (use === 'Job') {
  const { Testing } = require('cdk8s');
  new loaded.NonParallelJob(Testing.chart(), 'etl', { containers: [{ name: 'main', image: 'etl:7' }] }).apiObject.toJson();
} else if (use === 'validate') {
  loaded.validateManifest(loaded.readManifests(readFileSync(join(__dirname, 'job.yaml')))[0].value);
} else if (use === 'run') {
  void loaded.main({ args, calledAs: 'cdk8s-jobs', stdout: process.stdout, stderr: { write: () => true }, stdin: [], env: {}, cwd: process.cwd() });
}
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`\n${(user + system) / 1000}`);
});
