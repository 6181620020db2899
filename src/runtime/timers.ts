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

/** Waits; an aborted signal ends the wait early. Never rejects. */
export function sleep(timers: Timers, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const wake = (): void => {
      cancel();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const cancel = timers.after(milliseconds, wake);
    signal.addEventListener('abort', wake, { once: true });
  });
}
