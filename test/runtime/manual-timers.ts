import type { Timers } from '../../src/runtime/timers';

interface Alarm {
  readonly at: number;
  readonly callback: () => void;
}

/** Time that passes when a test says so. */
export class ManualTimers implements Timers {
  public readonly alarms = new Set<Alarm>();
  private time = 0;

  public now(): number {
    return this.time;
  }

  public after(milliseconds: number, callback: () => void): () => void {
    const alarm = { at: this.time + milliseconds, callback };
    this.alarms.add(alarm);
    return () => this.alarms.delete(alarm);
  }

  public random(): number {
    return 0.5;
  }

  /** Lets milliseconds pass, with everything that is due on the way and what that sets off. */
  public async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      await settled();
      const [next] = [...this.alarms].sort((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.alarms.delete(next);
      this.time = Math.max(this.time, next.at);
      next.callback();
    }
    this.time = end;
    await settled();
  }
}

/** Lets everything happen that does not wait for time. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
