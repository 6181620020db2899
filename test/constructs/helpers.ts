import { type Chart, Testing } from 'cdk8s';

/** A chart of a new app. */
export function newChart(): Chart {
  return Testing.chart();
}

/** What the chart comes to, as plain data. */
export function synth(chart: Chart): ReadonlyArray<Readonly<Record<string, unknown>>> {
  return Testing.synth(chart) as Array<Record<string, unknown>>;
}

/** The lines of the refusal: `[path] field: fault`. */
export function refusal(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n').slice(1).map((line) => line.trim());
  }
  return [];
}

/** What somebody writes who has cast the types away. */
export function untyped(props: unknown): never {
  return props as never;
}
