import type { CliContext } from '../../src/cli/command';
import { viewOf } from '../../src/cli/commands/run';
import { Output } from '../../src/cli/output';
import { RunView } from '../../src/cli/run-view';
import { LogLine, type LogSource } from '../../src/runtime/log-line';

function sourceOf(pod: string): LogSource {
  return { namespace: 'default', job: 'demo', pod, podUid: pod, container: 'main', isOnly: true, index: null, attempt: 0 };
}

class Sink {
  public readonly chunks: Uint8Array[] = [];

  public constructor(public readonly isTTY = false) {}

  public write(text: string | Uint8Array): void {
    this.chunks.push(Buffer.from(text as Uint8Array));
  }

  public get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

const time = '2026-11-24T00:00:01Z';

function show(hasPrefix: boolean, ...lines: ReadonlyArray<readonly [LogSource, Uint8Array]>): Buffer {
  const stdout = new Sink();
  const view = new RunView(new Output(stdout, new Sink(), {}), 'text', hasPrefix);
  for (const [source, bytes] of lines) view.log(new LogLine(source, time, bytes));
  return stdout.bytes;
}

const one = sourceOf('one');
const two = sourceOf('two');
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

test('output that is no text passes byte for byte', () => {
  const all = Buffer.from([...Array(256).keys()]);
  const lines = [all.subarray(0, 11), all.subarray(11)];
  expect(show(false, ...lines.map((line) => [one, line] as const)).equals(all)).toBe(true);
});

test.each<[string, ReadonlyArray<readonly [LogSource, Uint8Array]>, string]>([
  ['a last line without a newline gets none', [[one, bytes('a\n')], [one, bytes('b')]], 'a\nb'],
  ['what another pod prints begins a line of its own', [[one, bytes('a')], [two, bytes('b\n')]], 'a\nb\n'],
  ['carriage returns stay', [[one, bytes('1%\r2%\r\n')]], '1%\r2%\r\n'],
])('%s', (_, lines, expected) => {
  expect(show(false, ...lines).toString('latin1')).toBe(expected);
});

test('with a prefix the bytes behind it are those of the container, one line each', () => {
  expect(show(true, [one, bytes('\xff\n')], [two, bytes('half')]).toString('latin1')).toBe('one \xe2\x94\x82 \xff\ntwo \xe2\x94\x82 half\n');
});

test.each<[string, boolean, boolean, boolean]>([
  ['both are a terminal', true, true, true],
  ['only stdout is a terminal', true, false, true],
  ['stdout goes to a file', false, true, false],
])('the prefix is for people: %s', (_, isOut, isErr, isPrefixed) => {
  const stdout = new Sink(isOut);
  const context = { output: new Output(stdout, new Sink(isErr), { NO_COLOR: '1' }) } as CliContext;
  viewOf({ output: 'text', prefix: 'auto' }, context).log(new LogLine(one, time, bytes('a\n')));
  expect(stdout.bytes.toString()).toBe(isPrefixed ? 'one │ a\n' : 'a\n');
});
