import { measureInTurn } from './measure';
import { formatNumber, printTable } from './table';

/** What is compared, and with how much of it. */
export interface Comparison<Name extends string> {
  readonly title: string;
  readonly unit: string;
  /** How many digits are shown behind the point; 0 unless told. */
  readonly digits?: number;
  /** The candidates; the first one is what the others are compared with. */
  readonly names: readonly Name[];
  /** How many things there are; each size is measured by itself. */
  readonly sizes: readonly number[];
  readonly rounds: number;
  /** Whether it is told how much more one thing of the largest size costs. @default - with more than two sizes */
  readonly growth?: boolean;
}

/** What each candidate costs. */
export type Costs<Name extends string> = Readonly<Record<Name, number>>;

/** Measures all candidates in turn, size after size, and prints what they cost. */
export function printComparison<Name extends string>(
  { measure, ...comparison }: Comparison<Name> & { readonly measure: (name: Name, size: number) => number },
): void {
  const { names, sizes, rounds } = comparison;
  printCosts(comparison, sizes.map((size) => measureInTurn(names, rounds, (name) => measure(name, size))));
}

/**
 * Prints costs, one for each size, as a table: for each size the median and its ratio to the first candidate, and last how much more one
 * thing of the largest size costs than one of the size before it.
 */
export function printCosts<Name extends string>(
  { title, unit, digits, names, sizes, rounds, growth = sizes.length > 2 }: Comparison<Name>, costs: ReadonlyArray<Costs<Name>>,
): void {
  const what = `${title}, ${unit}, ${rounds === 1 ? 'one run' : `median of ${rounds}`}`;
  const head = [what, ...sizes.map((size) => formatNumber(size, Number.isInteger(size) ? 0 : 2))];
  const [reference] = names;
  const rows = names.map((name) => {
    const cells = costs.map((cost) => `${formatNumber(cost[name], digits)}${ratio(cost[name], cost[reference ?? name])}`);
    return [name, ...cells, ...(growth ? [growthOf(sizes, costs.map((cost) => cost[name]))] : [])];
  });
  printTable(growth ? [...head, 'growth'] : head, rows);
}

/** Nothing has no ratio. */
function ratio(cost: number, reference: number): string {
  return reference === 0 ? '' : ` (${(cost / reference).toFixed(2)})`;
}

/** How much more one thing costs among the last ones than among those before: 1 where cost grows in line, about 10 with the square. */
function growthOf(sizes: readonly number[], costs: readonly number[]): string {
  const [first = 0, second = 0, third = 0] = costs.slice(-3);
  const [a = 1, b = 1, c = 1] = sizes.slice(-3);
  return (((third - second) / (second - first)) / ((c - b) / (b - a))).toFixed(2);
}
