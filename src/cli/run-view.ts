import type { Output, TextStyle } from './output';
import type { LogLine } from '../runtime/log-line';
import type { Progress, RunResult } from '../runtime/run-options';
import { exitStatus, exitStatuses } from '../verdict/exit-status';
import type { JobVerdict } from '../verdict/job-verdict';

/** Ways to show a run: for people, as one JSON object at the end, or as one JSON object for each thing that happens. */
export type RunFormat = 'text' | 'json' | 'ndjson';

/** How lines of output are marked with their pod. */
export type PrefixMode = 'auto' | 'always' | 'never';

const podStyles: readonly TextStyle[] = ['cyan', 'green', 'yellow', 'bold', 'dim', 'gray'];
const nameWidth = 10;
const newline = Buffer.from('\n');

/** Shows a run: what the Jobs print on stdout, the talk about it on stderr. */
export class RunView {
  private readonly styles = new Map<string, TextStyle>();
  private readonly startedAt = Date.now();
  private readonly said = new Map<string, string>();
  /** Who wrote the line on stdout that has no newline yet. */
  private unfinished: LogLine['source'] | undefined;

  public constructor(private readonly output: Output, private readonly format: RunFormat, private readonly hasPrefix: boolean) {}

  /** A line of a container. */
  public log(line: LogLine): void {
    const { pod, container, index, attempt, job } = line.source;
    if (this.format === 'ndjson') return this.json({ type: 'log', job, pod, container, index, attempt, time: line.time, text: line.text });
    // The result alone is data then.
    if (this.format === 'json') return this.output.talk(this.hasPrefix ? `${this.label(line)} │ ${line.text}` : line.text);
    if (!this.hasPrefix) return this.bytes(line);
    const prefix = Buffer.from(`${this.output.paint(this.styleOf(pod), this.label(line))} │ `);
    this.output.raw(Buffer.concat([prefix, line.bytes, ...(line.isWhole ? [] : [newline])]));
  }

  /** A line byte for byte; one without a newline gets none, unless somebody else's output follows it. */
  private bytes({ source, bytes, isWhole }: LogLine): void {
    const isForeign = this.unfinished !== undefined && this.unfinished !== source;
    this.output.raw(Buffer.concat([...(isForeign ? [newline] : []), bytes]));
    this.unfinished = isWhole ? undefined : source;
  }

  /** Something happened. */
  public progress(progress: Progress): void {
    if (this.format === 'ndjson') return this.json(toJson(progress));
    const { output } = this;
    switch (progress.type) {
      case 'applied': {
        const { object: { kind, metadata, spec }, result, warnings } = progress.applied;
        const name = metadata?.name ?? '';
        const suspended = kind === 'Job' && (spec as { suspend?: boolean } | undefined)?.suspend === true ? ', suspended' : '';
        this.talk(kind === 'Job' ? name : `${(kind ?? '').toLowerCase()}/${name}`, `${result}${suspended}`);
        for (const warning of warnings) output.talk(`${output.paintTalk('yellow', 'warning')}: ${warning}`);
        return;
      }
      case 'refused': return output.error(progress.error.message, progress.error.hint);
      case 'changed': return this.changed(progress.verdict);
      case 'ended': return this.ended(progress.verdict);
      case 'trouble': return;
      case 'unwatched': return output.talk(`${output.paintTalk('yellow', 'warning')}: ${progress.error.message}; going on without ${progress.resource}`);
    }
  }

  /** The end of all. */
  public result(result: RunResult, cluster: object): void {
    const report = { apiVersion: 'cdk8s-jobs/v1', kind: 'RunResult', cluster, ...result, exitStatus: statusOf(result) };
    if (this.format === 'json') this.output.line(JSON.stringify(report, null, 2));
    if (this.format === 'ndjson') this.json({ type: 'result', ...report });
  }

  private changed(verdict: JobVerdict): void {
    const { name, namespace, diagnosis, message } = verdict;
    const key = `${namespace}/${name}`;
    if (name === null || verdict.verdict !== 'Running' || diagnosis === 'Running' || this.said.get(key) === diagnosis) return;
    this.said.set(key, diagnosis);
    this.talk(name, this.output.paintTalk('yellow', message));
  }

  private ended(verdict: JobVerdict): void {
    const { output } = this;
    const { name, message, hint, counts: { succeeded, wanted } } = verdict;
    const seconds = `${((Date.now() - this.startedAt) / 1000).toFixed(1)}s`;
    if (verdict.verdict === 'Complete') {
      this.talk(name ?? '', `${output.paintTalk('green', 'Complete')} ${succeeded}/${wanted ?? succeeded} in ${seconds}`);
      return;
    }
    if (verdict.verdict === 'Refused') return;
    const reason = verdict.reason === null ? '' : ` (${verdict.reason})`;
    const late = verdict.timedOutAfter === null ? '' : `, timed out after ${verdict.timedOutAfter}s`;
    const word = verdict.stuck ? 'Stuck' : verdict.verdict;
    this.talk(name ?? '', `${output.paintTalk('red', `${word}${late}`)}${reason} after ${seconds}: ${message}`);
    if (hint !== '') output.talk(`${output.paintTalk('cyan', 'hint')}: ${hint}`);
    if (verdict.attempts.length > 1) for (const line of attemptTable(verdict)) output.talk(line);
  }

  private talk(name: string, words: string): void {
    this.output.talk(`${name.padEnd(nameWidth)} ${words}`);
  }

  private label({ source: { pod, container, isOnly } }: LogLine): string {
    return isOnly ? pod : `${pod} ${container}`;
  }

  private styleOf(pod: string): TextStyle {
    const style = this.styles.get(pod) ?? podStyles[this.styles.size % podStyles.length] ?? 'cyan';
    this.styles.set(pod, style);
    return style;
  }

  private json(value: object): void {
    this.output.line(JSON.stringify(value));
  }
}

/** The exit status of a run: that of a manifest that was refused, else that of the first Job that has not completed. */
export function statusOf({ jobs }: RunResult): number {
  const statuses = jobs.map(exitStatus);
  const isMistaken = jobs.some(({ verdict }, position) => verdict === 'Refused' && statuses[position] === exitStatuses.error);
  return isMistaken ? exitStatuses.error : statuses.find((status) => status !== 0) ?? 0;
}

function toJson(progress: Progress): object {
  switch (progress.type) {
    case 'applied': {
      const { object: { kind, metadata }, result, warnings } = progress.applied;
      return { type: 'applied', object: { kind, name: metadata?.name, namespace: metadata?.namespace, uid: metadata?.uid }, result, warnings };
    }
    case 'refused':
    case 'trouble':
    case 'unwatched': {
      const { code, message, hint, findings } = progress.error;
      // What is undefined is left out of JSON.
      return { type: progress.type, code, message, hint, findings: findings.length === 0 ? undefined : findings };
    }
    default: return progress;
  }
}

function attemptTable({ attempts }: JobVerdict): string[] {
  const rows = attempts.map(({ pod, index, container, result, exitCode, reason, seconds }) => [
    index === null ? pod : `${index}  ${pod}`, container ?? '-', reason === null || result === 'succeeded' ? result : `${result} (${reason})`,
    exitCode === null ? '-' : String(exitCode), seconds === null ? '-' : `${seconds}s`,
  ]);
  return columns([['pod', 'container', 'result', 'exit', 'time'], ...rows]).map((line) => `  ${line}`);
}

/** Rows as lines, each column as wide as its widest cell. */
export function columns(rows: ReadonlyArray<readonly string[]>): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}
