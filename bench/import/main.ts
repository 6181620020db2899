/** CPU time of a start, over bare node, of packages and of the program: `npx tsx bench/import/main.ts [rounds]`. */
import { join } from 'node:path';
import { compilePackage, formatRow, measureInTurn, runNode } from '../measure';

const rounds = Number(process.argv[2] ?? 9);
const names = [
  'bare node', 'cdk8s', 'cdk8s-jobs', 'cdk8s-jobs, its first Job', 'cdk8s-jobs/validate, a manifest', 'cdk8s-plus-28', '--help', 'next', 'validate a file',
] as const;

const library = compilePackage();
const program = join(library, 'cli', 'main.js');
const words: Readonly<Record<(typeof names)[number], readonly string[]>> = {
  'bare node': ['node:path'],
  'cdk8s': ['cdk8s'],
  'cdk8s-jobs': [library],
  'cdk8s-jobs, its first Job': [library, 'Job'],
  'cdk8s-jobs/validate, a manifest': [join(library, 'validate.js'), 'validate'],
  'cdk8s-plus-28': ['cdk8s-plus-28'],
  '--help': [program, 'run', '--help'],
  'next': [program, 'run', 'next', '*/5 * * * *'],
  'validate a file': [program, 'run', 'validate', join(__dirname, 'job.yaml')],
};
const cost = measureInTurn(names, rounds, (name) => Number(runNode(join(__dirname, 'worker.js'), words[name]).split('\n').at(-1)));
const bare = cost['bare node'];
console.log(`import and start, CPU ms over bare node (${bare.toFixed(1)} ms), median of ${rounds}`);
for (const name of names.slice(1)) console.log(`  ${formatRow(name, cost[name] - bare, cost['cdk8s-plus-28'] - bare, 'ms')}`);
