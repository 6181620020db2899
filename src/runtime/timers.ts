import { performance } from 'node:perf_hooks';

/** Time, alarms and randomness for the runtime; tests bring their own. */
export interface Timers {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Calls back once after some milliseconds; the returned function cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
  /** A random number from 0 up to but not including 1. */
  random(): number;
}

/** The time of this machine. */
export const systemTimers: Timers = {
  now: () => performance.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, Math.min(milliseconds, longestTimeout));
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

/** The longest delay of a timer: Node fires longer ones at once. */
const longestTimeout = 2 ** 31 - 1;

/** A pause that whoever has news can end: it needs no signal of its own. */
export class Pause {
  /** Ends the pause that is being made; does nothing when there is none. */
  public end: () => void = () => undefined;

  public constructor(private readonly timers: Timers) {}

  /** Waits; an aborted signal ends the wait early, like `end`. Never rejects. One at a time. */
  public make(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = this.timers.after(milliseconds, end);
      signal.addEventListener('abort', end, { once: true });
      this.end = end;
    });
  }
}

/** Waits; an aborted signal ends the wait early. Never rejects. */
export function sleep(timers: Timers, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Pause(timers).make(milliseconds, signal);
}
