import { Screen } from './screen';
import { LiveBlock } from '../../src/cli/terminal/live-block';
import { Output } from '../../src/cli/terminal/output';
import { ManualTimers } from '../runtime/manual-timers';

interface Started {
  readonly output: Output;
  readonly block: LiveBlock;
  readonly timers: ManualTimers;
}

function start(screen: Screen, render: () => readonly string[]): Started {
  const timers = new ManualTimers();
  const output = new Output(screen, screen, { NO_COLOR: '1' });
  const block = new LiveBlock({ get columns() { return screen.columns; }, write: (text) => output.rawTalk(text) }, timers, render);
  output.overlay = block;
  block.start();
  return { output, block, timers };
}

test('output scrolls above the lines, and nothing of them is left in the end', async () => {
  const screen = new Screen();
  const { output, block, timers } = start(screen, () => ['one', 'two']);
  output.raw('log 1\n');
  await timers.pass(100);
  output.talk('talk 1');
  await timers.pass(100);
  expect(screen.text).toBe('log 1\ntalk 1\none\ntwo');
  block.stop();
  expect(screen.text).toBe('log 1\ntalk 1');
  expect(timers.alarms.size).toBe(0);
});

test('a line that a container left open is ended before anything is drawn', async () => {
  const screen = new Screen();
  const { output, block, timers } = start(screen, () => ['one']);
  await timers.pass(100);
  output.raw('half');
  output.talk('talk');
  await timers.pass(100);
  expect(screen.text).toBe('half\ntalk\none');
  block.stop();
  expect(screen.text).toBe('half\ntalk');
});

test('a flood of output is drawn below at most ten times a second', async () => {
  const screen = new Screen();
  const { output, timers } = start(screen, () => ['one']);
  const before = screen.writes;
  for (let count = 0; count < 1000; count += 1) output.raw('x\n');
  await timers.pass(1000);
  expect(screen.writes - before).toBeLessThan(1000 + 15);
  expect(screen.text.endsWith('x\none')).toBe(true);
});

test('a terminal that becomes narrower keeps no remains of the lines', async () => {
  const screen = new Screen(40);
  const width = (): number => screen.columns - 1;
  const { output, block, timers } = start(screen, () => ['='.repeat(width()), '-'.repeat(width())]);
  output.raw('log\n');
  await timers.pass(100);
  screen.resize(15);
  await timers.pass(100);
  expect(screen.text).toBe(`log\n${'='.repeat(14)}\n${'-'.repeat(14)}`);
  screen.resize(30);
  await timers.pass(100);
  block.stop();
  expect(screen.text).toBe('log');
});

test('nothing is drawn before the start and after the end', async () => {
  const screen = new Screen();
  const { output, block, timers } = start(screen, () => ['one']);
  block.stop();
  output.raw('log\n');
  await timers.pass(1000);
  expect(screen.text).toBe('log');
});
