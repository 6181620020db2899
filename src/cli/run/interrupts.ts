import { UsageError } from '../../core/errors';

/** The numbers of the signals that end a run. */
const numbers = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/** What came of catching signals. */
export interface Interrupts {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** 128 and the number of the signal that came, or undefined. */
  status(): number | undefined;
  /** Stops catching: signals do again what they did before. */
  release(): void;
}

/** Catches the first Ctrl-C, SIGTERM or SIGHUP; a second one ends the process at once. */
export function catchInterrupts(onFirst: (signal: string) => void): Interrupts {
  const controller = new AbortController();
  let status: number | undefined;
  const handlers = Object.entries(numbers).map(([name, number]) => {
    const handle = (): void => {
      if (status !== undefined) process.exit(128 + number);
      status = 128 + number;
      onFirst(name);
      controller.abort();
    };
    process.on(name, handle);
    return () => process.removeListener(name, handle);
  });
  return { signal: controller.signal, status: () => status, release: () => handlers.forEach((release) => release()) };
}

/** A signal ended what was being done before anything was applied or started; nothing more needs to be said. */
export class InterruptedError extends Error {
  /** @param status 128 and the number of the signal. */
  public constructor(public readonly status: number) {
    super('interrupted');
  }
}

/** The time that the user gave has passed before anything was applied or started. */
export class OutOfTimeError extends UsageError {
  /** The exit status: that of a wait that timed out. */
  public readonly status = 124;
}
