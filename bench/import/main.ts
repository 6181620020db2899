/** CPU time of loading a package, over bare node: `npx tsx bench/import/main.ts [rounds]`. */
import { join } from 'node:path';
import { compilePackage, formatRow, measureInTurn, runNode } from '../measure';

const rounds = Number(process.argv[2] ?? 9);
const names = ['bare node', 'cdk8s', 'cdk8s-jobs', 'cdk8s-plus-28'] as const;

const library = compilePackage();
const paths: Readonly<Record<(typeof names)[number], string>> = {
  'bare node': 'node:path', 'cdk8s': 'cdk8s', 'cdk8s-jobs': library, 'cdk8s-plus-28': 'cdk8s-plus-28',
};
const cost = measureInTurn(names, rounds, (name) => Number(runNode(join(__dirname, 'worker.js'), [paths[name]])));
const bare = cost['bare node'];
console.log(`import, CPU ms over bare node (${bare.toFixed(1)} ms), median of ${rounds}`);
for (const name of names.slice(1)) console.log(`  ${formatRow(name, cost[name] - bare, cost['cdk8s-plus-28'] - bare, 'ms')}`);
