import type { Clock, Instant } from '../core/time';

/** A clock that can also set alarms. */
export interface AlarmClock extends Clock {
  /** Calls `wake` once, at or soon after an instant; the returned function cancels it. */
  alarm(at: Instant, wake: () => void): () => void;
}

/** The longest delay that a timer of Node accepts. */
const longestDelayMs = 2 ** 31 - 1;

/** The time of this machine. */
export const systemClock: AlarmClock = {
  now: () => Date.now(),
  alarm(at, wake) {
    // An early call does no harm: the engine says again when it wants to be woken.
    const timer = setTimeout(wake, Math.min(longestDelayMs, Math.max(0, at - Date.now())));
    return () => clearTimeout(timer);
  },
};
