/** One run of a container, as an executor needs to know it. */
export interface ExecutorRun {
  /** Program and arguments, variables already expanded. */
  readonly command: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Default: where this process was started. */
  readonly workingDir?: string;
  /** Called once when the program runs; never when it cannot be started. */
  started(): void;
  /** Called with each piece of standard output or standard error; nothing more should be read until what it returns settles. */
  output(chunk: Uint8Array): Promise<void> | undefined | void;
}

/** How a run of a container ended. */
export interface ContainerEnd {
  /** 128 + n when signal n ended it; 128 when it could not be started. */
  readonly exitCode: number;
  /** `StartError` when it could not be started. */
  readonly reason?: string;
  readonly message?: string;
}

/** A container that was started. */
export interface RunningContainer {
  /** Settles when the container has ended and its output has been delivered; never rejects. */
  readonly ended: Promise<ContainerEnd>;
  /** Sends a signal to all processes of the container; nothing happens when it has ended. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

/** Runs containers; the local cluster decides when and how often. */
export interface Executor {
  start(run: ExecutorRun): RunningContainer;
  /** Ends at once what containers that have ended left behind; no container is started afterwards. */
  finish?(): void;
}
