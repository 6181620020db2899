import { isQuantity } from '../../api/quantity';

/** A number, and perhaps a word after it; there may be blanks between them, and a comma for the point. */
const amount = /^([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+))\s*([a-z]*)$/i;

/** Units that quantities do not have, in lower case, and the suffixes that may be meant: two for `mb`, one for `mib`. */
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

/** The longest text that gets a suggestion: nobody mistypes more digits. */
const longest = 30;

/** What may have been meant by a text that is not a quantity: `64Mi` and `64M` for `64mb`; empty when nothing is close. */
export function suggestQuantities(text: string): readonly string[] {
  const [, number = '', word = ''] = text.length > longest ? [] : amount.exec(text.trim()) ?? [];
  if (number === '') return [];
  const meant = suffixes.get(word.toLowerCase()) ?? [];
  return meant.map((suffix) => `${number.replace(',', '.')}${suffix}`).filter((quantity) => isQuantity(quantity));
}
