import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { LogBuffer } from './log-buffer';
import { Watchdog } from './watchdog';
import type { Container } from '../api/kubernetes';

/** How many bytes of a message are kept, and how many bytes and lines of the log in its place. */
const [longestMessage, longestLog, mostLogLines] = [4096, 2048, 80];
const defaultPath = '/dev/termination-log';

/** What a container that is about to start gets, with the file of its message in place of the path that it names. */
interface MessageFile {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The message, once the container has ended; empty without one. The file is gone afterwards. */
  take(): string;
}

/**
 * The files into which containers write their last messages: a process has no file system of its own, so that the path in its command,
 * arguments and variables is replaced by that of a file of this run. A program that knows the path by itself is not helped. When this
 * process is killed, a watchdog removes the files (not on Windows).
 */
export class TerminationMessages {
  private folder: string | undefined;
  private watchdog: Watchdog | undefined;
  private count = 0;

  /** Makes the file of a container that is about to start, if it names one. */
  public open({ terminationMessagePath }: Container, command: readonly string[], env: Readonly<Record<string, string>>): MessageFile {
    const path = terminationMessagePath === undefined || terminationMessagePath === '' ? defaultPath : terminationMessagePath;
    const pattern = new RegExp(`(?<![\\w./-])${path.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\w./-])`, 'g');
    if (![...command, ...Object.values(env)].some((text) => text.search(pattern) >= 0)) return { command, env, take: () => '' };
    this.folder ??= this.makeFolder();
    this.count += 1;
    const file = join(this.folder, String(this.count));
    writeFileSync(file, '');
    const replace = (text: string): string => text.replace(pattern, () => file);
    return {
      command: command.map(replace),
      env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, replace(value)])),
      take: () => {
        const message = readEnd(file);
        rmSync(file, { force: true });
        return message;
      },
    };
  }

  /** Removes all files. */
  public close(): void {
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
    this.folder = undefined;
    this.watchdog?.dismiss();
  }

  private makeFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-messages-'));
    this.watchdog = new Watchdog(`CDK8S_JOBS_MESSAGES=${basename(folder)}`, folder);
    this.watchdog.start();
    return folder;
  }
}

/**
 * The message of a container that has ended: what it wrote, else, where its policy says so and it failed, the end of its log.
 *
 * @source pkg/kubelet/kuberuntime/kuberuntime_container.go getTerminationMessage, readLastStringFromContainerLogs (v1.37)
 */
export function messageOf({ terminationMessagePolicy }: Container, exitCode: number, written: string, log: LogBuffer): string {
  if (written !== '' || exitCode === 0 || terminationMessagePolicy !== 'FallbackToLogsOnError') return written;
  return Buffer.concat(log.read({ tailLines: mostLogLines }).map(({ bytes }) => bytes)).subarray(-longestLog).toString();
}

/** The end of a file; empty when the container removed it. */
function readEnd(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, longestMessage));
    const length = readSync(file, bytes, 0, bytes.length, Math.max(0, size - longestMessage));
    return bytes.subarray(0, length).toString();
  } finally {
    closeSync(file);
  }
}
