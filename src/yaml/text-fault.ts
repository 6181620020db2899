/** Which step of kubectl's reader refuses a text: cutting the stream at `---`, or reading one document as YAML or JSON. */
export type ReadingPhase = 'split' | 'parse';

/** A fault at an offset of a chunk; inside this folder only, until the offset has become a line and a column. */
export class TextFault extends Error {
  public constructor(public readonly reason: string, public readonly offset: number) {
    super(reason);
  }
}
