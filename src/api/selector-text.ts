/** Label selectors as kubectl and query parameters write them. Its errors are texts: who asks for a list says them as a bad request. */
import { checkLabelValue, checkQualifiedName } from './names';

/** One condition on a label. Nothing in it is checked: `operator` should be `In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt` or `Lt`. */
export interface Requirement {
  readonly key?: string;
  readonly operator?: string;
  readonly values?: readonly string[];
}

/** What a text says: the conditions, or why it cannot be read, in the words of the API server. */
type SelectorText = { readonly requirements: readonly Requirement[] } | { readonly problem: string };

/**
 * Reads a selector: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a>1`, `a<1`, `a`, `!a`, joined by commas. The empty text has no
 * conditions.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/labels/selector.go Parse (v1.37)
 */
export function readSelector(text: string): SelectorText {
  try {
    return { requirements: new SelectorParser(text).parse() };
  } catch (error) {
    if (!(error instanceof SelectorFault)) throw error;
    return { problem: error.message };
  }
}

class SelectorFault extends Error {}

/** A symbol or a word; at the end of the text it is empty. */
interface Token {
  readonly text: string;
  readonly isWord: boolean;
}

const end: Token = { text: '', isWord: false };

/** A key, a value, or the words `in` and `notin`, which may be both. */
function isWord({ text, isWord: is }: Token): boolean {
  return is && text !== '';
}

class SelectorParser {
  private readonly tokens: readonly Token[];
  private position = 0;

  public constructor(text: string) {
    this.tokens = [...text.matchAll(/(==|!=|[=!(),<>])|[^=!(),<>\s]+/g)].map(([token, symbol]) => ({ text: token, isWord: symbol === undefined }));
  }

  public parse(): Requirement[] {
    const requirements: Requirement[] = [];
    if (this.tokens.length === 0) return requirements;
    if (!this.beginsRequirement()) throw new SelectorFault(`found '${this.next.text}', expected: !, identifier, or 'end of string'`);
    for (;;) {
      requirements.push(this.requirement());
      const separator = this.consume();
      if (separator === end) return requirements;
      if (separator.text !== ',') throw new SelectorFault(`found '${separator.text}', expected: ',' or 'end of string'`);
      if (!this.beginsRequirement()) throw new SelectorFault(`found '${this.next.text}', expected: identifier after ','`);
    }
  }

  private get next(): Token {
    return this.tokens[this.position] ?? end;
  }

  private beginsRequirement(): boolean {
    return isWord(this.next) || this.next.text === '!';
  }

  private consume(): Token {
    const token = this.next;
    this.position += 1;
    return token;
  }

  private requirement(): Requirement {
    const isNegated = this.next.text === '!';
    if (isNegated) this.consume();
    const word = this.consume();
    if (!isWord(word)) throw refused(`found '${word.text}', expected: identifier`);
    const key = word.text;
    const problems = checkQualifiedName(key);
    if (problems.length > 0) throw refused(invalid('<nil>', key, problems.join('; ')));
    if (isNegated) return { key, operator: 'DoesNotExist' };
    if (this.next === end || this.next.text === ',') return { key, operator: 'Exists' };
    const operator = this.consume().text;
    switch (operator) {
      case 'in': return checked({ key, operator: 'In', values: this.list() });
      case 'notin': return checked({ key, operator: 'NotIn', values: this.list() });
      case '=': case '==': return checked({ key, operator: 'In', values: [this.value()] });
      case '!=': return checked({ key, operator: 'NotIn', values: [this.value()] });
      case '>': return checked({ key, operator: 'Gt', values: [this.value()] });
      case '<': return checked({ key, operator: 'Lt', values: [this.value()] });
      default: throw refused(`found '${operator}', expected: in, notin, =, ==, !=, gt, lt`);
    }
  }

  private value(): string {
    if (this.next === end || this.next.text === ',') return '';
    const token = this.consume();
    if (!isWord(token)) throw refused(`found '${token.text}', expected: identifier`);
    return token.text;
  }

  private list(): readonly string[] {
    const open = this.consume();
    if (open.text !== '(') throw refused(`found '${open.text}' expected: '('`);
    const values = new Set<string>();
    if (!isWord(this.next) && this.next.text !== ',' && this.next.text !== ')') {
      throw refused(`found '${this.next.text}', expected: ',', ')' or identifier`);
    }
    if (this.next.text === ')') values.add('');
    while (this.next.text !== ')') this.readValue(values);
    this.consume();
    return [...values].sort();
  }

  /** A value with what may follow it, or a comma, on one side of which nothing is a value too. */
  private readValue(values: Set<string>): void {
    const token = this.consume();
    const { next } = this;
    if (isWord(token)) {
      values.add(token.text);
      if (next.text !== ',' && next.text !== ')') throw refused(`found '${next.text}', expected: ',' or ')'`);
    } else if (token.text === ',') {
      if (values.size === 0 || next.text === ')' || next.text === ',') values.add('');
    } else {
      throw refused(`found '${token.text}', expected: ',', or identifier`);
    }
  }
}

/** A requirement whose values are possible. */
function checked(requirement: Requirement): Requirement {
  const { key = '', operator, values = [] } = requirement;
  const isNumeric = operator === 'Gt' || operator === 'Lt';
  const notWhole = values.flatMap((value, index) => (
    isNumeric && !isInt64(value) ? [invalid(`values[${index}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer")] : []
  ));
  const malformed = values.flatMap((value, index) => {
    const problems = checkLabelValue(value);
    return problems.length === 0 ? [] : [invalid(`values[${index}][${key}]`, value, problems.join('; '))];
  });
  const [first, ...others] = [...notWhole, ...malformed];
  if (first === undefined) return requirement;
  throw refused(others.length === 0 ? first : `[${[first, ...others].join(', ')}]`);
}

/** Whether a text is a whole number as Go's ParseInt reads it. */
export function isInt64(text: string): boolean {
  return /^[+-]?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

function invalid(field: string, value: string, problem: string): string {
  return `${field}: Invalid value: ${JSON.stringify(value)}: ${problem}`;
}

function refused(problem: string): SelectorFault {
  return new SelectorFault(`unable to parse requirement: ${problem}`);
}
