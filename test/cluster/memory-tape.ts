import type { TapeWriter } from '../../src/runtime/record';
import type { Observation } from '../../src/verdict/observation';

/** A tape that goes through JSON, as one in a file does. */
export class MemoryTape implements TapeWriter {
  public readonly observations: Observation[] = [];

  public write(observation: Observation): void {
    this.observations.push(JSON.parse(JSON.stringify(observation)) as Observation);
  }

  public async close(): Promise<void> { /* nothing is open */ }
}
