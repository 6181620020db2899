import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Ends process groups when this process has gone without doing so itself, as after SIGKILL: a small `sh` in a session of its own that reads
 * from a pipe which only this process holds open. The pipe ends with this process, whatever ended it.
 *
 * There is none on Windows.
 */
export class Watchdog {
  private shell: ChildProcess | undefined;

  /**
   * @param mark what stands in the environment of every process to end, `NAME=value`: processes that left their group are found by it.
   * @param folder a folder to remove as well.
   */
  public constructor(private readonly mark: string, private readonly folder = '') {}

  /** From now on, the folder is removed when this process ends. */
  public start(): void {
    this.shell ??= startShell(this.mark, this.folder);
  }

  /** From now on, the group is ended when this process ends. */
  public add(group: number): void {
    this.start();
    this.tell(`+ ${group}`);
  }

  /** The group has ended: its number may soon be reused. */
  public remove(group: number): void {
    this.tell(`- ${group}`);
  }

  /** Everything has ended: there is nothing left to watch. */
  public dismiss(): void {
    this.tell('. .');
    this.shell?.stdin?.end();
    this.shell = undefined;
  }

  private tell(line: string): void {
    const input = this.shell?.stdin;
    if (input === undefined || input === null) return;
    // Containers that start or end together are told of together: each write wakes the shell.
    if (input.writableCorked === 0) {
      input.cork();
      process.nextTick(() => input.uncork());
    }
    input.write(`${line}\n`);
  }
}

const script = `
trap '' HUP INT QUIT TERM PIPE
groups=' '
while read -r what group; do
  case "$groups" in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }";; esac
  if [ "$what" = + ]; then groups="$groups$group "; fi
  if [ "$what" = . ]; then exit; fi
done
for group in $groups; do kill -9 -- "-$group" 2>/dev/null; done
for file in /proc/[0-9]*/environ; do
  if grep -qaF -e "$1" "$file" 2>/dev/null; then file="\${file%/environ}"; kill -9 "\${file#/proc/}" 2>/dev/null; fi
done
if [ -n "$2" ]; then rm -rf -- "$2"; fi
`;

function startShell(mark: string, folder: string): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const shell = spawn('/bin/sh', ['-c', script, 'cdk8s-jobs-watchdog', mark, folder], {
    detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
  });
  // Without a shell there is no watchdog, but everything else works.
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  // It waits for this process, not the other way round.
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return shell;
}
