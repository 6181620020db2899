import type { Command, Option } from 'commander';
import type { CommandCall, CommandDefinition } from './command';

/** What a command gets out of the words that it was called with. */
type PlainCall = Pick<CommandCall, 'args' | 'options'>;

/**
 * What commander makes of words without an option: the arguments, and what options are by default. Undefined where an option is among them,
 * or where they are not as many as the command takes: commander reads those, and finds the words for what is wrong.
 *
 * Loading commander takes 10 ms, as long as reading a manifest and judging it.
 */
export function readPlainCall({ define }: CommandDefinition, words: readonly string[]): PlainCall | undefined {
  if (words.some((word) => word.startsWith('-') && word !== '-')) return undefined;
  const declared = new DeclaredCommand();
  define(declared as unknown as Command);
  return declared.read(words);
}

/** What of an option says its value when it is not given. */
interface Default {
  readonly name: string;
  readonly value: unknown;
}

/** The part of commander's Command that definitions use: it keeps what they declare. */
class DeclaredCommand {
  private readonly defaults: Default[] = [];
  private readonly declared: Array<{ readonly isRequired: boolean; readonly isList: boolean }> = [];
  /** Whether something was declared that only commander understands. */
  private isBeyond = false;

  public read(words: readonly string[]): PlainCall | undefined {
    const { declared, defaults } = this;
    const fewest = declared.filter(({ isRequired }) => isRequired).length;
    const most = declared.some(({ isList }) => isList) ? Number.POSITIVE_INFINITY : declared.length;
    if (this.isBeyond || words.length < fewest || words.length > most) return undefined;
    const options = Object.fromEntries(defaults.filter(({ value }) => value !== undefined).map(({ name, value }) => [name, value]));
    return { args: declared.map(({ isList }, position) => (isList ? words.slice(position) : words[position])), options };
  }

  public argument(name: string, _help: string, ...more: readonly unknown[]): this {
    this.isBeyond ||= more.length > 0;
    this.declared.push({ isRequired: name.startsWith('<'), isList: name.slice(0, -1).endsWith('...') });
    return this;
  }

  public addArgument(): this {
    this.isBeyond = true;
    return this;
  }

  public option(flags: string, _help: string, second?: unknown, third?: unknown): this {
    return this.addOption(new DeclaredOption(flags).default(typeof second === 'function' ? third : second));
  }

  public createOption(flags: string): DeclaredOption {
    return new DeclaredOption(flags);
  }

  public addOption(option: DeclaredOption | Option): this {
    const { negate, defaultValue } = option;
    this.defaults.push({ name: option.attributeName(), value: negate && defaultValue === undefined ? true : defaultValue });
    return this;
  }

  public usage(): this {
    return this;
  }

  public addHelpText(): this {
    return this;
  }
}

/** The part of commander's Option that definitions use. */
class DeclaredOption {
  public defaultValue: unknown;
  public readonly negate: boolean;
  private readonly long: string;

  public constructor(flags: string) {
    this.long = /--([\w-]+)/.exec(flags)?.[1] ?? '';
    this.negate = this.long.startsWith('no-');
  }

  /** `featureGates` for `--feature-gates`, and `failFast` for `--no-fail-fast`. */
  public attributeName(): string {
    return this.long.replace(/^no-/, '').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  }

  public default(value: unknown): this {
    this.defaultValue = value;
    return this;
  }

  public choices(): this {
    return this;
  }

  public argParser(): this {
    return this;
  }
}
