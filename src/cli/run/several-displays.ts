import type { RunDisplay } from './run-view';
import type { LogChunk } from '../../runtime/log-line';
import type { TapeWriter } from '../../runtime/record';
import type { Progress, RunResult } from '../../runtime/run-options';

/** Several displays of the same run, told one after the other. */
export class SeveralDisplays implements RunDisplay {
  public constructor(private readonly displays: readonly RunDisplay[]) {}

  public log(chunk: LogChunk): void {
    for (const display of this.displays) display.log(chunk);
  }

  public progress(progress: Progress): void {
    for (const display of this.displays) display.progress(progress);
  }

  public interrupt(): void {
    for (const display of this.displays) display.interrupt();
  }

  public result(result: RunResult, cluster: object): void {
    for (const display of this.displays) display.result(result, cluster);
  }

  public close(): void {
    for (const display of this.displays) display.close();
  }
}

/** Several tapes of the same run as one; undefined for none. */
export function joinTapes(tapes: ReadonlyArray<TapeWriter | undefined>): TapeWriter | undefined {
  const there = tapes.filter((tape) => tape !== undefined);
  if (there.length < 2) return there[0];
  return {
    write: (observation) => { for (const tape of there) tape.write(observation); },
    close: async () => { for (const tape of there) await tape.close(); },
  };
}
