import type { Instant } from '../../src/core/time';
import type { AlarmClock } from '../../src/local/clock';

/**
 * A clock that stands still until a test moves it.
 *
 * What it does not do: it does not let promises settle between two alarms unless the test awaits `advance`.
 */
export class ManualClock implements AlarmClock {
  private alarms: Array<{ at: Instant; wake: () => void }> = [];

  public constructor(private instant: Instant = Date.UTC(2026, 0, 1)) {}

  public now(): Instant {
    return this.instant;
  }

  public alarm(at: Instant, wake: () => void): () => void {
    const alarm = { at, wake };
    this.alarms.push(alarm);
    return () => {
      this.alarms = this.alarms.filter((other) => other !== alarm);
    };
  }

  /** Moves the time on, alarm by alarm. */
  public async advance(seconds: number): Promise<void> {
    const end = this.instant + 1000 * seconds;
    for (;;) {
      await settle();
      const next = this.alarms.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.alarms = this.alarms.filter((other) => other !== next);
      this.instant = Math.max(this.instant, next.at);
      next.wake();
    }
    this.instant = end;
    await settle();
  }
}

/** Lets promises that are due settle. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
