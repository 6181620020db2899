import type { LogChunk } from './log-line';
import { LogTails } from './log-tails';
import type { TapeWriter } from './record';
import type { RunOptions, WaitOptions } from './run-options';
import type { AwaitedJob } from './wait';
import type { Waiter } from './waiter';

/** A run that is written down: its observations as they come, its output and what was waited for at the end. */
class Recording {
  private readonly tails = new LogTails();

  public constructor(private readonly tape: TapeWriter, private readonly clock: () => number) {}

  /** The options of a run whose output is written down as well. */
  public watching<Options extends WaitOptions>(options: Options): Options {
    const { onLogChunk } = options;
    return {
      ...options,
      onLogChunk: (chunk: LogChunk) => {
        this.tails.take(chunk, this.clock());
        return onLogChunk?.(chunk);
      },
    };
  }

  /** Writes the end of the tape, and shows the output to the judges as a reader of the tape will see it. */
  public finish(jobs: readonly AwaitedJob[]): void {
    const byName = new Map<string, Waiter[]>();
    for (const { name, namespace, waiter } of jobs) {
      const key = `${namespace}/${name}`;
      byName.set(key, [...byName.get(key) ?? [], waiter]);
    }
    for (const { source: { job, namespace }, observation } of this.tails.close()) {
      this.tape.write(observation);
      for (const waiter of byName.get(`${namespace}/${job}`) ?? []) waiter.readOutput(observation);
    }
    const at = this.clock();
    this.tape.write({
      at,
      watched: at,
      waits: jobs.map(({ name, namespace, waiter: { verdict: { stuck, timedOutAfter } } }) => ({ name, namespace, stuck, timedOutAfter })),
    });
  }
}

/** The recording that the options ask for, and the options to use from then on. */
export function startRecording<Options extends RunOptions>(
  options: Options, clock: () => number,
): { readonly recording: Recording | undefined; readonly options: Options } {
  if (options.record === undefined) return { recording: undefined, options };
  const recording = new Recording(options.record, clock);
  return { recording, options: recording.watching(options) };
}
