import { reportPage, reportStart } from './report-page';
import type { LogTail, ReportedJob, RunReport } from './run-report';
import { timelineOf } from './timeline';
import { countLines, lastLines } from '../../core/byte-lines';
import { LogChunk } from '../../runtime/log-line';
import { type OutputFile, replaceOutputFile } from '../../runtime/output-file';
import type { TapeWriter } from '../../runtime/record';
import type { Progress, RunResult } from '../../runtime/run-options';
import { systemTimers, type Timers } from '../../runtime/timers';
import { History } from '../../verdict/history';
import type { JobFacts } from '../../verdict/job-facts';
import type { JobVerdict } from '../../verdict/job-verdict';
import type { Observation } from '../../verdict/observation';
import type { RunDisplay } from '../run/run-view';

/** How many lines of one run of a container are kept. */
const longestTail = 20;
/** How many characters of a line are kept. */
const longestLine = 1000;
/** How many runs a report shows the output of, for each Job. */
const mostTails = 10;

interface Tail extends LogTail {
  readonly lines: string[];
  leftOut: number;
}

/** The file of a report. */
export function reportFile(path: string, name: string): OutputFile {
  return { path, name, sort: 'report', mark: reportStart };
}

/** Collects what a report shows until it is written, which happens however the run ended. */
export class ReportRecorder implements RunDisplay {
  /** Takes in what is observed. */
  public readonly tape: TapeWriter = { write: (observation) => this.observe(observation), close: async () => undefined };

  /** The name of the cluster, once it is known. */
  public cluster = '';

  private readonly history = new History({});
  private readonly verdicts = new Map<string, JobVerdict>();
  private readonly tails = new Map<string, Tail>();
  private readonly startedAt = new Date();
  private readonly openedAt: number;
  /** When the clock of the observations began, as closely as their arrival tells. */
  private zero = Infinity;
  private order: RunReport['order'] = [];
  private isInterrupted = false;
  private error: string | undefined;

  public constructor(private readonly file: OutputFile, private readonly timers: Timers = systemTimers) {
    this.openedAt = timers.now();
  }

  public log(chunk: LogChunk): void {
    const { job, pod, container, attempt } = chunk.source;
    const key = `${job}/${pod}/${container}/${attempt}`;
    const tail = this.tails.get(key) ?? { pod, container, attempt, lines: [], leftOut: 0 };
    this.tails.set(key, tail);
    const last = new LogChunk(chunk.source, chunk.time, lastLines(chunk.bytes, longestTail));
    for (const { text } of last.lines()) tail.lines.push(text.length > longestLine ? `${text.slice(0, longestLine)}…` : text);
    const cut = tail.lines.splice(0, Math.max(0, tail.lines.length - longestTail));
    tail.leftOut += countLines(chunk.bytes) - countLines(last.bytes) + cut.length;
  }

  public progress(progress: Progress): void {
    if (progress.type === 'ordered') this.order = progress.jobs;
    if (progress.type === 'changed' || progress.type === 'ended') this.take(progress.verdict);
  }

  public interrupt(): void {
    this.isInterrupted = true;
  }

  public result({ jobs }: RunResult): void {
    for (const verdict of jobs) this.take(verdict);
  }

  /** Notes that the run could not go on. */
  public fail(error: unknown): void {
    this.error = error instanceof Error ? error.message : String(error);
  }

  /** Does nothing: the report is written by the caller, who knows that all has ended. */
  public close(): void { /* Nothing is shown. */ }

  /** Writes the report. @throws {UsageError} when it cannot be written. */
  public write(): void {
    replaceOutputFile(this.file, reportPage(this.report()));
  }

  /** The report on what is known so far. */
  public report(): RunReport {
    this.history.settle();
    const seconds = (this.timers.now() - (Number.isFinite(this.zero) ? this.zero : this.openedAt)) / 1000;
    const known = new Map(this.history.allJobs.map((job) => [job.uid, job]));
    const jobs = [...this.verdicts.values()].map((verdict) => this.reportOf(verdict, known.get(verdict.uid ?? ''), seconds));
    const { cluster, startedAt, isInterrupted, error, order } = this;
    return { cluster, startedAt, seconds, isInterrupted, error, jobs, order };
  }

  private observe(observation: Observation): void {
    // What was applied before the Jobs has times below 0.
    if (observation.at >= 0) this.zero = Math.min(this.zero, this.timers.now() - observation.at * 1000);
    this.history.observe(observation);
  }

  private take(verdict: JobVerdict): void {
    this.verdicts.set(`${verdict.namespace}/${verdict.name}`, verdict);
  }

  private reportOf(verdict: JobVerdict, job: JobFacts | undefined, seconds: number): ReportedJob {
    const rows = job === undefined ? [] : timelineOf(this.history.podsOf(job).all, seconds);
    return { verdict, rows, tails: this.tailsOf(verdict) };
  }

  /** What the most recent runs that did not succeed printed last. */
  private tailsOf({ name, attempts, verdict }: JobVerdict): LogTail[] {
    if (verdict === 'Complete') return [];
    const runs = new Map<string, number>();
    const bad = attempts.flatMap(({ pod, container, result }) => {
      const key = `${name}/${pod}/${container}`;
      const attempt = runs.get(key) ?? 0;
      runs.set(key, attempt + 1);
      const tail = this.tails.get(`${key}/${attempt}`);
      return result === 'succeeded' || result === 'waiting' || tail === undefined ? [] : [tail];
    });
    return bad.slice(-mostTails);
  }
}
