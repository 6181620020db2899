import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CliResult, runMain } from '../run-main';
import { makeFolder } from '../temporary-folder';

/** What stands in the files of a commit; undefined removes one. */
export type Files = Readonly<Record<string, string | Buffer | undefined>>;

/** A repository that a test has made. */
export interface TestRepository {
  readonly path: string;
  /** Calls git. */
  readonly git: (...args: readonly string[]) => string;
  /** Writes files, without telling git. */
  readonly write: (files: Files) => void;
  /** Writes files and commits everything. */
  readonly commit: (files?: Files) => void;
  /** Calls `diff` in it. */
  readonly diff: (...args: readonly string[]) => Promise<CliResult>;
  readonly remove: () => void;
}

const person = { NAME: 'T', EMAIL: 't@example.com', DATE: '2026-01-01T00:00:00Z' };

/** Makes a repository whose commits have the same author and time on every machine. */
export function makeRepository(files?: Files): TestRepository {
  const { path, remove } = makeFolder({});
  const temporary = makeFolder({});
  const people = Object.entries(person).flatMap(([name, value]) => [[`GIT_AUTHOR_${name}`, value], [`GIT_COMMITTER_${name}`, value]]);
  const env = { PATH: process.env.PATH ?? '', HOME: temporary.path, GIT_CONFIG_NOSYSTEM: '1', TMPDIR: temporary.path, ...Object.fromEntries(people) as object };
  const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd: path, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const write = (changes: Files): void => {
    for (const [name, text] of Object.entries(changes)) {
      if (text === undefined) {rmSync(join(path, name));} else {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
    }
  };
  const commit = (changes: Files = {}): void => {
    write(changes);
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'a change');
  };
  git('init', '--quiet', '--initial-branch', 'main', '.');
  if (files !== undefined) commit(files);
  const diff = (...args: readonly string[]): Promise<CliResult> => runMain(['diff', ...args], { cwd: path, env });
  return { path, git, write, commit, diff, remove: () => { remove(); temporary.remove(); } };
}

/** A Job as YAML. */
export function job(name: string, image = 'app:1', spec = ''): string {
  return [
    'apiVersion: batch/v1', 'kind: Job', `metadata: {name: ${name}}`, 'spec:', ...(spec === '' ? [] : [`  ${spec}`]),
    '  template:', '    spec:', '      restartPolicy: Never', '      containers:', '        - name: main', `          image: ${image}`, '',
  ].join('\n');
}
