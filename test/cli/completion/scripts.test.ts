import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../../src/cli/commands';
import { completionWords } from '../../../src/cli/completion/words';
import { allRules } from '../../../src/rules/all-rules';
import { otherFindings } from '../../../src/rules/explain/other-findings';
import { idsToSilence, problemOfSilence } from '../../../src/rules/silence';
import { runMain } from '../run-main';
import { makeFolder, type TemporaryFolder } from '../temporary-folder';

/** In place of the program: it knows two Jobs and a CronJob, and says with which flags it was asked. */
const program = `#!/bin/sh
case "$*" in
  *-n\\ media*) echo job.batch/thumbs ;;
  'get jobs -o name') echo job.batch/etl; echo job.batch/extract ;;
  'get cronjobs -o name') echo cronjob.batch/nightly ;;
esac
`;

let folder: TemporaryFolder;
const scripts: Record<string, string> = {};
beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) scripts[shell] = (await runMain(['completion', shell])).stdout;
  folder = makeFolder({ 'cdk8s-jobs': program, 'job.yaml': '', ...Object.fromEntries(Object.entries(scripts).map(([shell, text]) => [`script.${shell}`, text])) });
  chmodSync(join(folder.path, 'cdk8s-jobs'), 0o755);
});
afterAll(() => folder.remove());

/** What bash offers for the last of some words. */
function offered(words: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', [
    'source ./script.bash',
    'COMP_WORDS=("$@")',
    'COMP_CWORD=$(($# - 1))',
    '_cdk8s_jobs',
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n'), 'bash', ...words], { cwd: folder.path, encoding: 'utf8', env: { PATH: `${folder.path}:${process.env.PATH ?? ''}` } });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('bash', () => {
  test.each([
    [['va'], ['validate']],
    [['su'], ['suspend']],
    [['run', '--on-interrupt', ''], ['detach', 'suspend', 'delete']],
    [['get', '-o', 'wi'], ['wide']],
    [['run', '--force'], ['--force-conflicts']],
    [['run', '--max'], ['--max-parallel']],
    [['run', '--queue'], ['--queue', '--queue-priority']],
    [['run', '--pace', ''], ['quick', 'kubernetes']],
    [['run', '--dry-run', ''], ['server']],
    [['run', '--rep'], ['--report', '--replace']],
    [['simulate', '--max'], ['--max-parallel']],
    [['simulate', '--queue'], ['--queue', '--queue-priority']],
    [['rbac', '--q'], ['--queues']],
    [['export', '--t'], ['--template']],
    [['export', '--ar'], ['--argo']],
    [['export', 'job'], ['job.yaml']],
    [['validate', '--gitops', ''], ['argocd', 'flux']],
    [['validate', '--silence', 'on-failure-hides'], ['on-failure-hides-logs']],
    [['validate', '--silence', 'parallelism-not'], []],
    [['validate', '--silence', 'on-failure-hides-logs,peers-have-a-su'], ['on-failure-hides-logs,peers-have-a-subdomain']],
    [['logs', ''], ['etl', 'extract']],
    [['logs', '-n', 'media', ''], ['thumbs']],
    [['delete', 'et'], ['etl']],
    [['trigger', ''], ['nightly']],
    [['validate', 'job'], ['job.yaml']],
    [['validate', '-f', 'job'], ['job.yaml']],
    [['completion', ''], ['bash', 'zsh', 'fish']],
  ])('cdk8s-jobs %j offers %j', (words, expected) => {
    expect(offered(['cdk8s-jobs', ...words])).toEqual(expected);
  });

  test('every command is offered', () => {
    expect(offered(['cdk8s-jobs', '']).sort()).toEqual([...commands.map(({ name }) => name), '--help', '--version'].sort());
  });
});

/** A syntax check by the shell itself, where it is installed. */
const checks = [['bash', '-n'], ['zsh', '-n'], ['fish', '--no-execute']] as const;
test.each(checks.filter(([shell]) => spawnSync(shell, ['--version']).status === 0))('%s reads its script', (shell, flag) => {
  expect(spawnSync(shell, [flag, join(folder.path, `script.${shell}`)], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

const words = completionWords(commands);

test.each(words)('the scripts for zsh and fish know $name with its options and choices', ({ name, flags }) => {
  const { zsh = '', fish = '' } = scripts;
  expect(zsh).toContain(`\n    ${name})\n`);
  expect(fish).toContain(`-n __fish_use_subcommand -f -a ${name} -d`);
  const [chapter = ''] = zsh.split(`\n    ${name})\n`)[1]?.split('\n      ;;') ?? [];
  for (const { names, choices } of flags) {
    for (const flag of names) {
      expect(chapter).toContain(`'*${flag}[`);
      expect(fish).toMatch(new RegExp(`seen_subcommand_from ${name}' .*-[ls] ${flag.replace(/^-+/, '')} `));
    }
    if (choices.length > 0) expect([chapter, fish]).toEqual([expect.stringContaining(`(${choices.join(' ')})`), expect.stringContaining(`'${choices.join(' ')}'`)]);
  }
});

test.each(['bash', 'zsh', 'fish'])('the script for %s has the ids that --silence takes, and no others', (shell) => {
  const ids = idsToSilence();
  const offers = scripts[shell]?.split('\n').filter((line) => line.includes(ids.join(' ')));
  expect(offers).toHaveLength(1);
  expect(ids.map(problemOfSilence)).toEqual(ids.map(() => undefined));
  const others = [...allRules.map(({ id }) => id), ...otherFindings.keys()].filter((id) => !ids.includes(id));
  expect(others.filter((id) => problemOfSilence(id) === undefined)).toEqual([]);
});

test.each(['zsh', 'fish'])('every quote of the script for %s is closed', (shell) => {
  const lines = (scripts[shell] ?? '').split('\n').filter((line) => !line.startsWith('#'));
  // A quote in a quote is written '\\'' by zsh, and \\' by fish.
  const odd = lines.filter((line) => (line.replaceAll(shell === 'zsh' ? "'\\''" : "\\'", '').split("'").length - 1) % 2 === 1);
  expect(odd).toEqual([]);
});

test('another shell is refused', async () => {
  expect(await runMain(['completion', 'tcsh'])).toMatchObject({ status: 125, stdout: '', stderr: expect.stringContaining('Allowed choices are bash, zsh, fish') as string });
});
