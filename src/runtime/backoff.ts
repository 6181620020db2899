import { sleep, type Timers } from './timers';

/** How long the pauses between attempts are. */
export interface BackoffOptions {
  /** The first pause in milliseconds. Default 100. */
  readonly first?: number;
  /** The longest pause in milliseconds. Default 10,000. */
  readonly longest?: number;
}

/** Growing pauses between attempts, each between half and all of its length so that many clients do not come back together. */
export class Backoff {
  private failures = 0;

  public constructor(private readonly timers: Timers, private readonly options: BackoffOptions = {}) {}

  /** Attempts since the last success. */
  public get attempts(): number {
    return this.failures;
  }

  /** The next pause in milliseconds; if the server says when to come back, that is obeyed. */
  public next(retryAfterSeconds?: number): number {
    const { first = 100, longest = 10_000 } = this.options;
    const length = Math.min(longest, first * 2 ** Math.min(this.failures, 20));
    this.failures += 1;
    const jittered = length * (0.5 + this.timers.random() / 2);
    return Math.max(jittered, 1000 * (retryAfterSeconds ?? 0));
  }

  /** Waits for the next pause; an aborted signal ends it. */
  public async pause(signal: AbortSignal, retryAfterSeconds?: number): Promise<void> {
    await sleep(this.timers, this.next(retryAfterSeconds), signal);
  }

  /** Resets the pauses after a successful attempt. */
  public reset(): void {
    this.failures = 0;
  }
}
