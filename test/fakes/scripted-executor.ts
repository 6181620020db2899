import type { ContainerEnd, ExecutorRun, Executor, RunningContainer } from '../../src/local/executor';

/** A container that a test holds in its hands. */
export interface HeldContainer {
  readonly run: ExecutorRun;
  readonly signals: string[];
  print(text: string): void;
  end(end: ContainerEnd): void;
}

/**
 * Containers that do what a test says.
 *
 * What it does not do: a signal ends nothing by itself, unless `endOnSignal` is given.
 */
export class ScriptedExecutor implements Executor {
  public readonly containers: HeldContainer[] = [];

  public constructor(private readonly endOnSignal: Readonly<Record<string, number>> = { SIGTERM: 143, SIGKILL: 137 }) {}

  public start(run: ExecutorRun): RunningContainer {
    let settle: (end: ContainerEnd) => void = () => undefined;
    const ended = new Promise<ContainerEnd>((resolve) => {
      settle = resolve;
    });
    const signals: string[] = [];
    this.containers.push({ run, signals, end: settle, print: (text) => run.output(new TextEncoder().encode(text)) });
    run.started();
    return {
      ended,
      signal: (name) => {
        signals.push(name);
        const exitCode = this.endOnSignal[name];
        if (exitCode !== undefined) settle({ exitCode });
      },
    };
  }
}
