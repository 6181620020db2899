import { runMain } from './run-main';
import { commands } from '../../src/cli/commands';

test.each([
  ['nothing at all', [], 125, 'Usage: cdk8s-jobs'],
  ['a mistyped command', ['validat'], 125, 'error: Unknown command "validat"\nhint: did you mean cdk8s-jobs validate?\n'],
  ['a command that is like no other', ['frobnicate'], 125, 'hint: see cdk8s-jobs --help for all commands'],
  ['an option before the command', ['-o', 'json', 'validate'], 125, 'options go after the command'],
  ['a mistyped option', ['validate', '--kubernets-version', '1.37', 'x'], 125, 'hint: did you mean --kubernetes-version?'],
  ['a missing argument', ['logs'], 125, 'error: Missing required argument "job"'],
  ['a wrong choice', ['validate', 'x', '-o', 'xml'], 125, 'Allowed choices are text, json, github\n'],
])('%s is refused with what to write instead', async (_, args, status, says) => {
  const result = await runMain(args);
  expect(result).toMatchObject({ status, stdout: '' });
  expect(result.stderr).toContain(says);
});

test.each([[['--help']], [['-h']], [['help']]])('%j shows every command with an example', async (args) => {
  const { status, stdout, stderr } = await runMain(args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const { name, example } of commands) {
    expect(stdout).toContain(`  ${name} `);
    expect(stdout).toContain(`$ cdk8s-jobs ${example}\n`);
    expect(example.split(' ')[0]).toBe(name);
  }
});

test.each([[['validate', '--help']], [['help', 'validate']]])('%j shows the help of one command', async (args) => {
  const { status, stdout } = await runMain(args);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Usage: cdk8s-jobs validate \[options\] \[manifests\.\.\.\]\n[^]*Example:\n {2}\$ cdk8s-jobs validate /);
});

test('help names the program as it was called', async () => {
  const { stdout } = await runMain(['--help'], { calledAs: '/opt/bin/kubectl-jobs' });
  expect(stdout).toContain('Usage: kubectl jobs <command>');
  expect((await runMain(['validate', '--help'], { calledAs: 'C:/bin/kubectl-jobs.cmd' })).stdout).toContain('Usage: kubectl jobs validate');
});

test('the version is the version of the package', async () => {
  expect(await runMain(['--version'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test('an error that nobody expected names the fault as ours', async () => {
  const load = (): never => { throw new TypeError('x is not a function'); };
  const result = await runMain(['break'], { commands: [{ name: 'break', group: 'ask', summary: 'breaks', example: 'break', load }] });
  expect(result).toEqual({
    status: 125, stdout: '', stderr: 'error: x is not a function (a bug in cdk8s-jobs: please report it)\nhint: set DEBUG=1 to see where\n',
  });
});

test('colours are for terminals only', async () => {
  const terminal = { write: () => undefined, isTTY: true };
  let text = '';
  const stderr = { isTTY: true, write: (part: string) => { text += part; } };
  await runMain(['validat'], { stdout: terminal, stderr, env: {} });
  expect(text).toContain('\u001b[31merror');
  for (const env of [{ NO_COLOR: '1' }, { CI: 'true' }, { TERM: 'dumb' }]) {
    text = '';
    await runMain(['validat'], { stdout: terminal, stderr, env });
    expect(text).toMatch(/^error: /);
  }
  text = '';
  await runMain(['--no-color', 'validat'], { stdout: terminal, stderr, env: {} });
  expect(text).toMatch(/^error: /);
});
