/** The matchers under each test runner, as its users load them; vitest and node take the compiled package. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const folder = join(__dirname, 'runners');
const bin = (name: string): string => join(root, 'node_modules', name);

const runners = [
  ['vitest', [bin('vitest/vitest.mjs'), 'run', '--config', join(folder, 'vitest.config.mts')], /Tests +4 passed/],
  ['jest with @jest/globals', [bin('jest/bin/jest.js'), '--runInBand', '--testMatch', '**/runners/jest-globals.play.ts', '--testPathIgnorePatterns', 'none'], /Tests: +4 passed/],
  ['node:test', ['--import', 'tsx', '--test', join(folder, 'node.play.ts')], /pass 2\n[^]*fail 0/],
] as const;

test.each(runners)('they work under %s', (_, args, passed) => {
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, JEST_WORKER_ID: _worker, VITEST: _vitest, ...env } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { ...env, NO_COLOR: '1', CI: '1' } });
  expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: expect.stringMatching(passed) });
});
