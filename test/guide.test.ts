/** Plays docs/guide.md: its files are written into an empty folder, its commands run there, and print what the page says. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { commands } from '../src/cli/commands';

const root = join(__dirname, '..');
const guide = readFileSync(join(root, 'docs/guide.md'), 'utf8');

/** A fenced block: `console` is played here, `console cluster` needs a cluster, `ts NAME` and `yaml NAME` are files. */
interface Block {
  readonly language: string;
  readonly word: string;
  readonly text: string;
}

const blocks: readonly Block[] = [...guide.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)]
  .map(([, language = '', word = '', text = '']) => ({ language, word, text }));
const consoles = blocks.filter(({ language }) => language === 'console');

/** A command of a console block, and the lines below it. */
interface Call {
  readonly words: readonly string[];
  readonly printed: readonly string[];
}

function callsOf({ text }: Block): readonly Call[] {
  return text.split(/^\$ /m).slice(1).map((part) => {
    const [line = '', ...printed] = part.trimEnd().split('\n');
    return { words: line.split(' ').filter((word) => word !== ''), printed };
  });
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-guide-'));
  mkdirSync(join(folder, 'node_modules'));
  // What the page tells to install; the package itself is the compiled checkout.
  for (const name of ['cdk8s', 'constructs', 'tsx']) symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  symlinkSync(root, join(folder, 'node_modules/cdk8s-jobs'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{ "name": "guide", "private": true }');
  for (const { language, word, text } of blocks) if (language !== 'console' && word.includes('.')) writeFileSync(join(folder, word), text);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Pods have random names, durations differ, and side by side nobody is first. */
function comparable(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/(-\d)?-[a-z0-9]{5}\b/g, '$1-xxxxx').replace(/\b\d+(?:\.\d+)?s\b/g, 'N s')).sort();
}

function play(words: readonly string[]): { readonly status: number | null; readonly printed: readonly string[] } {
  const args = words[0] === 'npx' ? [join(root, 'lib/cli/main.js'), ...words.slice(2)] : words.slice(1);
  const output = join(folder, 'printed.txt');
  const file = openSync(output, 'w');
  const { KUBECONFIG: _kubeconfig, NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env;
  // One file for both streams, as a terminal shows them.
  const { status } = spawnSync(process.execPath, args, { cwd: folder, stdio: ['ignore', file, file], env: { ...env, HOME: folder, NO_COLOR: '1' } });
  closeSync(file);
  const text = readFileSync(output, 'utf8').trimEnd();
  return { status, printed: text === '' ? [] : text.split('\n') };
}

const played = consoles.filter(({ word }) => word === '').map((block) => [callsOf(block)[0]?.words.join(' ') ?? '', block] as const);

test('most of the page can be played', () => {
  expect(played.length).toBeGreaterThanOrEqual(5);
});

test.each(played)('%s prints what the guide shows', (_, block) => {
  let last: number | null = null;
  for (const { words, printed } of callsOf(block)) {
    if (words.join(' ') === 'echo $?') {
      expect(printed).toEqual([String(last)]);
      continue;
    }
    const result = play(words);
    last = result.status;
    if (printed[0] === '…') expect(result).toMatchObject({ status: 0 });
    else expect(comparable(result.printed)).toEqual(comparable(printed));
  }
});

const shown = consoles.flatMap((block) => callsOf(block))
  .filter(({ words }) => words.includes('cdk8s-jobs') && words[0] !== 'npm')
  .map(({ words }) => words.slice(words.indexOf('cdk8s-jobs') + 1));

test.each(shown.map((words) => [words.join(' '), words] as const))('%s is a command with these flags', (_, [name = '', ...words]) => {
  const command = new Command();
  commands.find((entry) => entry.name === name)?.load().define(command);
  const known = command.options.flatMap(({ long, short }) => [long, short]);
  const separator = words.indexOf('--');
  const flags = (separator === -1 ? words : words.slice(0, separator)).filter((word) => word.startsWith('-'));
  expect(commands.map((entry) => entry.name)).toContain(name);
  expect(flags.filter((flag) => !known.includes(flag))).toEqual([]);
});
