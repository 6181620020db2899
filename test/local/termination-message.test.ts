import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { LogBuffer } from '../../src/local/log-buffer';
import { messageOf, TerminationMessages } from '../../src/local/termination-message';

let messages: TerminationMessages;
beforeEach(() => { messages = new TerminationMessages(); });
afterEach(() => messages.close());

test('the path in command and variables is that of a file, whose end is the message', () => {
  const { command, env, take } = messages.open({ name: 'c' }, ['sh', '-c', 'echo x >/dev/termination-log', '/dev/termination-logs'], { OUT: '/dev/termination-log', A: 'b' });
  const file = env.OUT ?? '';
  expect(command).toEqual(['sh', '-c', `echo x >${file}`, '/dev/termination-logs']);
  expect([readFileSync(file, 'utf8'), env.A]).toEqual(['', 'b']);
  writeFileSync(file, `lost${'x'.repeat(4090)}rows=1`);
  expect(take()).toBe(`${'x'.repeat(4090)}rows=1`);
  expect(existsSync(file)).toBe(false);
});

test('a container that names no such path has no file, and one that removed it has no message', () => {
  expect(messages.open({ name: 'c', terminationMessagePath: '/out' }, ['cat', '/dev/termination-log'], {})).toMatchObject({ command: ['cat', '/dev/termination-log'] });
  const { command: [, file = ''], take } = messages.open({ name: 'c', terminationMessagePath: '/out' }, ['cat', '/out'], {});
  expect(existsSync(file)).toBe(true);
  messages.close();
  expect(take()).toBe('');
});

test.each<[string, 'File' | 'FallbackToLogsOnError', number, string, string]>([
  ['what was written', 'FallbackToLogsOnError', 3, 'written', 'written'],
  ['the end of the log of a container that failed', 'FallbackToLogsOnError', 3, '', 'line 1\nline 2\n'],
  ['nothing of one that succeeded', 'FallbackToLogsOnError', 0, '', ''],
  ['nothing without the policy', 'File', 3, '', ''],
])('the message is %s', (_, terminationMessagePolicy, exitCode, written, message) => {
  const log = new LogBuffer();
  log.append(Buffer.from('line 1\nline 2\n'), 0);
  expect(messageOf({ name: 'c', terminationMessagePolicy }, exitCode, written, log)).toBe(message);
});

test('of a long log the last 80 lines and 2048 bytes count', () => {
  const log = new LogBuffer();
  for (let line = 0; line < 200; line += 1) log.append(Buffer.from(`${line}\n`), 0);
  const container = { name: 'c', terminationMessagePolicy: 'FallbackToLogsOnError' } as const;
  expect(messageOf(container, 1, '', log).split('\n').slice(0, 2)).toEqual(['120', '121']);
  log.append(Buffer.from(`${'x'.repeat(5000)}\n`), 0);
  expect(messageOf(container, 1, '', log)).toHaveLength(2048);
});
