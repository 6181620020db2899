import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runProgram } from '../api';
import type { Files } from './tool';

/** A Git repository on this machine with one branch, `main`. */
export interface Repository {
  readonly url: string;
  /** Commits these files in place of all that was there, and returns the revision. */
  commit(files: Files): Promise<string>;
}

/** Makes an empty repository. */
export async function createRepository(folder: string): Promise<Repository> {
  mkdirSync(folder, { recursive: true });
  await git(folder, ['init', '--quiet', '--initial-branch', 'main']);
  return {
    url: `file://${folder}`,
    async commit(files) {
      for (const name of readdirSync(folder)) if (name !== '.git') rmSync(join(folder, name), { recursive: true });
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(folder, dirname(path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      await git(folder, ['add', '--all']);
      await git(folder, ['commit', '--quiet', '--message', 'change']);
      return (await git(folder, ['rev-parse', 'HEAD'])).trim();
    },
  };
}

/** Nothing of the user's settings counts: no hooks, no signatures. */
async function git(folder: string, args: readonly string[]): Promise<string> {
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  const { status, stdout, stderr } = await runProgram('git', [...author, ...args], {
    GIT_DIR: join(folder, '.git'), GIT_WORK_TREE: folder, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1',
  });
  if (status !== 0) throw new Error(`git ${args[0]} ended with ${status}: ${stderr}`);
  return stdout;
}
