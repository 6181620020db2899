import { isQuantity } from '../../api/quantity';

/** A number, and perhaps a word behind it; blanks may stand between, and a comma for the point. */
const amount = /^([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+))\s*([a-z]*)$/i;

/** Words for units that quantities do not have, in lower case, and the suffixes that are perhaps meant: `mb` may be two, `mib` is one. */
const suffixes: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...['', 'b', 'byte', 'bytes', 'core', 'cores', 'cpu', 'cpus'].map((word) => [word, ['']] as const),
  ...['mcpu', 'mcore', 'mcores', 'millicpu', 'millicpus', 'millicore', 'millicores'].map((word) => [word, ['m']] as const),
  ...[['Ki', 'k'], ['Mi', 'M'], ['Gi', 'G'], ['Ti', 'T'], ['Pi', 'P'], ['Ei', 'E']].flatMap(([binary = '', decimal = '']) => {
    const letter = decimal.toLowerCase();
    return [
      ...[letter, `${letter}b`].map((word) => [word, [binary, decimal]] as const),
      ...[`${letter}i`, `${letter}ib`].map((word) => [word, [binary]] as const),
    ];
  }),
]);

/** More digits than anybody would mistype. */
const longest = 30;

/** What was perhaps meant by a text that is no quantity: `64Mi` and `64M` for `64mb`; empty when nothing is near. */
export function suggestQuantities(text: string): readonly string[] {
  const [, number = '', word = ''] = text.length > longest ? [] : amount.exec(text.trim()) ?? [];
  if (number === '') return [];
  const meant = suffixes.get(word.toLowerCase()) ?? [];
  return meant.map((suffix) => `${number.replace(',', '.')}${suffix}`).filter((quantity) => isQuantity(quantity));
}
