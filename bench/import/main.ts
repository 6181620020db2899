/** CPU time of a start, over bare node, of packages and of the program: `npx tsx bench/import/main.ts [rounds]`. */
import { join } from 'node:path';
import { compilePackage, measureInTurn, runNode } from '../measure';
import { formatNumber, printTable } from '../table';

const rounds = Number(process.argv[2] ?? 11);
const library = compilePackage();
const program = join(library, 'cli', 'main.js');
const bareNode = 'bare node';
const reference = 'import of cdk8s-plus-28';
/** The starts, and what bench/import/worker.js is told for each. */
const starts: Readonly<Record<string, readonly string[]>> = {
  [bareNode]: ['node:path'],
  'import of cdk8s': ['cdk8s'],
  'import of cdk8s-jobs': [library],
  'import of cdk8s-jobs, and its first Job with cdk8s': [library, 'Job'],
  'import of `cdk8s-jobs/validate`, and a manifest judged': [join(library, 'validate.js'), 'validate'],
  [reference]: ['cdk8s-plus-28'],
  '`cdk8s-jobs --help`': [program, 'run', '--help'],
  "`cdk8s-jobs next '*/5 * * * *'`": [program, 'run', 'next', '*/5 * * * *'],
  '`cdk8s-jobs validate` of one file': [program, 'run', 'validate', join(__dirname, 'job.yaml')],
};
const names = Object.keys(starts);
const cost = measureInTurn(names, rounds, (name) => Number(runNode(join(__dirname, 'worker.js'), starts[name]).split('\n').at(-1)));
const beyondNode = (name: string): number => (cost[name] ?? NaN) - (cost[bareNode] ?? NaN);
const rows = names.filter((name) => name !== bareNode).map((name) => [
  name, formatNumber(beyondNode(name)), (beyondNode(name) / beyondNode(reference)).toFixed(2),
]);
printTable([`start, beyond bare node (${formatNumber(cost[bareNode] ?? NaN)} ms), median of ${rounds}`, 'ms of CPU', 'ratio to cdk8s-plus-28'], rows);
