import type { Diagnosis } from './diagnosis';

/** The runtime's words for a container that it could not start; the first match counts. */
const wordings: ReadonlyArray<{ readonly code: Diagnosis; readonly words: RegExp }> = [
  { code: 'MemoryLimitTooSmall', words: /memory limit|setting cgroup config|container init was OOM-killed|procHooks/i },
  { code: 'CommandNotFound', words: /executable file not found|exec: .*no such file or directory|stat .*no such file or directory/i },
  { code: 'NotExecutable', words: /permission denied|exec format error|is a directory/i },
];

/** The cause behind a `StartError`, in the words of the container runtime (containerd and runc). */
export function startErrorCode(message: string): Diagnosis {
  return wordings.find(({ words }) => words.test(message))?.code ?? 'ContainerCannotStart';
}

/** Whether the reason of an end says that the container never ran. */
export function isStartError(reason: string | null | undefined): boolean {
  return reason === 'StartError' || reason === 'ContainerCannotRun';
}

/** The runtime's chain of errors, without the outer ones. */
export function startErrorWords(message: string): string {
  return message.split(/(?:failed to create \w+ task|OCI runtime create failed|runc create failed|unable to start container process|error during container init): /).at(-1) ?? message;
}
