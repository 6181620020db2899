/** What one more Job costs once node has compiled all that it takes: `npx tsx bench/warm/main.ts [rounds] [share of the runs]`. */
import { join } from 'node:path';
import { compilePackage, measureInTurn, runNode } from '../measure';
import { formatNumber, printTable } from '../table';

const rounds = Number(process.argv[2] ?? 3);
const share = Number(process.argv[3] ?? 1);
const library = compilePackage();
const ways = ['cdk8s-plus-28', 'cdk8s-jobs'] as const;
const parts = ['its constructor', '`toJson()`, which judges it where it is ours', '`validateManifest` of it'] as const;
const names = parts.flatMap((_, part) => ways.map((way) => `${way} ${part}` as const));
const cost: Readonly<Record<string, number>> = measureInTurn(names, rounds, (name) => {
  const [way = '', part = ''] = name.split(' ');
  return Number(runNode(join(__dirname, 'worker.js'), [way, part, String(Math.ceil(40_000 * share)), library]));
});
const show = (value = NaN): string => (Number.isNaN(value) ? '' : formatNumber(value, 1));
printTable([`one more Job, µs of CPU, median of ${rounds}`, ...ways], parts.map((part, index) => [part, ...ways.map((way) => show(cost[`${way} ${index}`]))]));
