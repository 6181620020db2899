import fc from 'fast-check';
import { LogBuffer, type LogPiece } from '../../src/local/log-buffer';
import { stampLines } from '../../src/local/stamp-lines';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (pieces: readonly LogPiece[]): string => Buffer.concat(pieces.map((piece) => piece.bytes)).toString();

async function follow(buffer: LogBuffer, options = {}, signal = new AbortController().signal): Promise<string> {
  const pieces: LogPiece[] = [];
  for await (const piece of buffer.follow(options, signal)) pieces.push(piece);
  return text(pieces);
}

test('what was written comes back byte for byte, however it was cut', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 40 }).map((part) => part.replace(/a/g, '\n'))), async (parts) => {
    const buffer = new LogBuffer();
    const followed = follow(buffer);
    for (const part of parts) buffer.append(bytes(part), 0);
    buffer.close();
    const expected = Buffer.concat(parts.map(bytes)).toString();
    expect(text(buffer.read())).toBe(expected);
    expect(await followed).toBe(expected);
    expect(await follow(buffer)).toBe(expected);
  }));
});

test('a line carries the time of its end', () => {
  const buffer = new LogBuffer();
  buffer.append(bytes('one\ntw'), Date.UTC(2026, 0, 1));
  buffer.append(bytes('o\n'), Date.UTC(2026, 0, 1, 0, 0, 1, 5));
  expect(Buffer.concat(buffer.read().map(stampLines)).toString()).toBe('2026-01-01T00:00:00.000000000Z one\n2026-01-01T00:00:01.005000000Z two\n');
  expect(text(buffer.read({ since: Date.UTC(2026, 0, 1, 0, 0, 1) }))).toBe('two\n');
  expect(text(buffer.read({ tailLines: 1 }))).toBe('two\n');
});

test('the oldest lines go when the buffer is full, and a follower goes on with what is left', async () => {
  const buffer = new LogBuffer(10);
  for (const line of ['first\n', 'second\n', 'third\n']) buffer.append(bytes(line), 0);
  expect(text(buffer.read())).toBe('third\n');
  buffer.close();
  expect(await follow(buffer)).toBe('third\n');
});

test('an aborted follower ends without an error', async () => {
  const abort = new AbortController();
  const followed = follow(new LogBuffer(), {}, abort.signal);
  abort.abort();
  expect(await followed).toBe('');
});

test('lines go one by one, and readers and followers see the same ones left', async () => {
  const buffer = new LogBuffer(60);
  const lines = Array.from({ length: 1000 }, (_, index) => `line ${index}\n`);
  for (const line of lines) {
    buffer.append(bytes(line), 0);
    const kept = text(buffer.read());
    expect(kept.length).toBeLessThanOrEqual(60);
    expect(kept.endsWith(line)).toBe(true);
  }
  buffer.close();
  expect(text(buffer.read())).toBe(lines.slice(-6).join(''));
  expect(await follow(buffer)).toBe(lines.slice(-6).join(''));
  expect(await follow(buffer, { tailLines: 2 })).toBe(lines.slice(-2).join(''));
});

test('others have their turn while a follower reads through much', async () => {
  const buffer = new LogBuffer();
  buffer.append(bytes('y\n'.repeat(100_000)), 0);
  const abort = new AbortController();
  setImmediate(() => abort.abort());
  expect((await follow(buffer, {}, abort.signal)).length).toBeLessThan(100_000);
});

test('whoever writes waits for a follower that is far behind, and loses nothing', async () => {
  const buffer = new LogBuffer(100);
  const followed = follow(buffer);
  const line = `${'x'.repeat(29)}\n`;
  let waits = 0;
  for (let count = 0; count < 50; count += 1) {
    buffer.append(bytes(line), 0);
    const { room } = buffer;
    if (room === undefined) continue;
    waits += 1;
    await room;
  }
  buffer.close();
  expect(await followed).toBe(line.repeat(50));
  expect(waits).toBeGreaterThan(0);
});

test('nobody waits for a follower that has gone, or for none', async () => {
  const buffer = new LogBuffer(100);
  const abort = new AbortController();
  const followed = follow(buffer, {}, abort.signal);
  buffer.append(bytes('x'.repeat(99).concat('\n')), 0);
  const { room } = buffer;
  abort.abort();
  await Promise.all([room, followed]);
  buffer.append(bytes('x'.repeat(99).concat('\n')), 0);
  expect(buffer.room).toBeUndefined();
});

test('property: tails and what is kept are those of the lines themselves', async () => {
  const line = fc.stringMatching(/^[a-z]{0,9}$/).map((word) => `${word}\n`);
  const chunks = fc.array(fc.array(line, { maxLength: 6 }), { maxLength: 12 });
  const [capacities, fewLines] = [fc.integer({ min: 1, max: 60 }), fc.nat({ max: 12 })];
  await fc.assert(fc.asyncProperty(chunks, capacities, fewLines, fc.nat({ max: 12 }), async (written, capacity, tailLines, since) => {
    const buffer = new LogBuffer(capacity);
    for (const [at, lines] of written.entries()) buffer.append(bytes(lines.join('')), at);
    buffer.close();
    const all = written.flatMap((lines, at) => lines.map((each) => ({ at, each })));
    const sizeFrom = (place: number): number => all.slice(place).reduce((sum, { each }) => sum + each.length, 0);
    const kept = all.filter((_, place) => place === all.length - 1 || sizeFrom(place) <= capacity);
    const wanted = kept.filter(({ at }) => at >= since);
    const tail = wanted.slice(Math.max(0, wanted.length - tailLines)).map(({ each }) => each).join('');
    expect(text(buffer.read())).toBe(kept.map(({ each }) => each).join(''));
    expect(text(buffer.read({ since }))).toBe(wanted.map(({ each }) => each).join(''));
    expect(text(buffer.read({ since, tailLines }))).toBe(tail);
    expect(await follow(buffer, { since, tailLines })).toBe(tail);
  }));
});
