import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ReviewReport } from './place-review';
import { readRevisions, type Sides } from './read-revisions';
import { readSide } from './read-side';
import { reviewAnnotations } from './review-annotations';
import { reviewJson } from './review-json';
import { reviewMarkdown } from './review-markdown';
import { reviewLines } from './review-text';
import { aboutWords, countWords } from './review-words';
import { type GitOpsTool, gitOpsTools } from '../../api/gitops';
import { UsageError } from '../../core/errors';
import type { Outcome } from '../../gitops/outcomes';
import { review } from '../../gitops/review';
import type { CliContext } from '../command';
import { statuses } from '../exit-status';

/** The options of a review. */
export interface ReviewFlags {
  readonly git?: string;
  readonly from?: string;
  readonly cached?: boolean;
  readonly gitops?: GitOpsTool;
  readonly failOn?: readonly FailWord[];
  readonly output: 'text' | 'json' | 'github' | 'markdown';
}

/** The words of `--fail-on`, with their outcomes. */
const failWords = { 'rerun': 'runs again', 'removed': 'removed', 'new': 'new', 'in-place': 'in place' } as const satisfies Readonly<Record<string, Outcome>>;

type FailWord = keyof typeof failWords;

/** What the help says of reviews. */
export const reviewHelp = [
  '--git tells what happens to every Job and CronJob when the change is merged: refused, runs again, removed, new, in place or unchanged.',
  'Without paths it compares dist, or else every manifest that git knows. Nothing is checked out, and nothing in the repository is written.',
];

/** Adds the options of a review. */
export function addReviewOptions(command: Command): Command {
  return command
    .option('--git <base>', 'review what has changed since a revision, or between two: main, HEAD~1, main...feature')
    .option('--cached', 'with --git: what is staged, not what is in the working tree')
    .option('--from <old>', 'review what has changed since an old folder, file or app, without git')
    .addOption(new Option('--gitops <tool>', 'what applies the manifests; a review without it speaks of both').choices(gitOpsTools))
    .addOption(new Option('--fail-on <outcomes>', `end a review with 2 for these too: ${Object.keys(failWords).join(', ')} (with commas)`).argParser(parseFailOn));
}

function parseFailOn(text: string, before: readonly FailWord[] = []): readonly FailWord[] {
  const words = text.split(',').map((word) => word.trim());
  const isKnown = (word: string): word is FailWord => Object.hasOwn(failWords, word);
  return [...before, ...words.map((word) => {
    if (isKnown(word)) return word;
    throw new InvalidArgumentError(`Known are ${Object.keys(failWords).join(', ')}.`);
  })];
}

/** Whether a call asks for a review. @throws {UsageError} for options that only a review has. */
export function isReview({ git, from, cached, gitops, failOn, output }: ReviewFlags): boolean {
  if (git !== undefined && from !== undefined) throw new UsageError('--git and --from exclude each other', 'compare with a revision, or with a folder');
  if (cached === true && git === undefined) throw new UsageError('--cached needs --git', 'compare what is staged with a revision: --git HEAD --cached');
  if (git !== undefined || from !== undefined) return true;
  const [alone] = [gitops && '--gitops', failOn && '--fail-on', ['github', 'markdown'].includes(output) && `-o ${output}`].filter((flag) => typeof flag === 'string');
  if (alone !== undefined) throw new UsageError(`${alone} needs --git or --from`, 'review a change: --git main');
  return false;
}

/** Reviews a change. @returns 2 when something would be refused or run for ever, or comes to what `--fail-on` names. */
export async function runReview(words: readonly string[], flags: ReviewFlags, context: CliContext): Promise<number> {
  const { gitops, output, failOn = [] } = flags;
  const { names, before, after } = await readSides(words, flags, context);
  const report: ReviewReport = { review: review(before, after, gitops), names, gitops, call: callOf(flags, words, context) };
  const failing = new Set<Outcome>(['refused', ...failOn.map((word) => failWords[word])]);
  const ok = !report.review.reviewed.some(({ outcome, runsForEver }) => runsForEver || failing.has(outcome));
  print(report, ok, output, context);
  return ok ? 0 : statuses.refused;
}

function print(report: ReviewReport, ok: boolean, format: ReviewFlags['output'], { output }: CliContext): void {
  switch (format) {
    case 'text':
      for (const line of reviewLines(report, output)) output.line(line);
      break;
    case 'json':
      output.line(JSON.stringify(reviewJson(report, ok), null, 2));
      break;
    case 'markdown':
      output.raw(reviewMarkdown(report));
      break;
    case 'github':
      for (const line of reviewAnnotations(report)) output.line(line);
      output.talk(`${aboutWords(report)}: ${countWords(report)}`);
      break;
  }
}

async function readSides(words: readonly string[], { git, from = '', cached = false }: ReviewFlags, context: CliContext): Promise<Sides> {
  if (git !== undefined) return readRevisions({ base: git, cached, words }, context);
  if (words.length === 0) throw new UsageError(`There is nothing to compare ${from} with`, 'name the new folder: --from OLD NEW');
  const side = { cwd: context.cwd, isLenient: false };
  const before = await readSide({ ...side, name: from, words: [from], isBase: true }, context);
  const after = await readSide({ ...side, name: words.join(', '), words, isBase: false }, context);
  return { names: [from, words.join(', ')], before, after };
}

function callOf({ git, from, cached, gitops }: ReviewFlags, words: readonly string[], { programName }: CliContext): string {
  const sides = git === undefined ? ['--from', from ?? ''] : ['--git', git, ...(cached === true ? ['--cached'] : [])];
  return [programName, 'diff', ...sides, ...(gitops === undefined ? [] : ['--gitops', gitops]), ...words].join(' ');
}
