/** A terminal as a reader sees it: knows newlines, returns, colours, going up and clearing to the end; lines that are too long wrap. */
export class Screen {
  public readonly isTTY = true;
  /** How many times something was written. */
  public writes = 0;
  private lines: string[] = [''];
  private row = 0;
  private column = 0;

  public constructor(public columns = 40, public rows = 24) {}

  public write(text: string | Uint8Array): void {
    this.writes += 1;
    const given = typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
    // eslint-disable-next-line no-control-regex
    for (const [part] of given.matchAll(/\u001b\[[\d;]*[A-Za-z]|[^]/gu)) this.take(part);
  }

  /** What stands on it, without the empty line of the cursor. */
  public get text(): string {
    return this.lines.join('\n').trimEnd();
  }

  /** Lines that are too long for a new width go on in the next one, as terminals do it. */
  public resize(columns: number): void {
    const pieces = this.lines.flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, 'gu')) ?? ['']);
    this.columns = columns;
    this.row += pieces.length - this.lines.length;
    this.lines = pieces;
  }

  private take(part: string): void {
    if (part === '\n') {
      this.row += 1;
      this.column = 0;
      this.lines[this.row] ??= '';
    } else if (part === '\r') {
      this.column = 0;
    } else if (part.startsWith('\u001b')) {
      if (part.endsWith('A')) this.row = Math.max(0, this.row - Number(part.slice(2, -1)));
      if (part.endsWith('J')) this.lines = [...this.lines.slice(0, this.row), (this.lines[this.row] ?? '').slice(0, this.column)];
    } else {
      if (this.column >= this.columns) this.take('\n');
      const line = (this.lines[this.row] ?? '').padEnd(this.column);
      this.lines[this.row] = line.slice(0, this.column) + part + line.slice(this.column + 1);
      this.column += 1;
    }
  }
}
