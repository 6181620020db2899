import { leftOutWords } from './left-out-words';
import type { NamedPods } from './prefix-mode';
import { logJson, progressJson, resultJson } from './run-json';
import { isJob } from '../../api/kinds';
import { splitLines } from '../../core/byte-lines';
import { given } from '../../core/given';
import type { KubernetesObject } from '../../port/cluster-port';
import { endOf } from '../../runtime/job-state';
import type { LogChunk } from '../../runtime/log-line';
import type { Progress, RunResult } from '../../runtime/run-options';
import { countAttempts } from '../../verdict/attempts';
import type { JobVerdict } from '../../verdict/job-verdict';
import { attemptTable } from '../tables/attempt-table';
import { changedFieldLines } from '../tables/changed-field-lines';
import { jobSummary } from '../tables/job-summary';
import { titleOf } from '../tables/job-titles';
import { orderWords } from '../tables/order-words';
import { headlineOf, queueWords } from '../tables/verdict-words';
import type { LiveBlock } from '../terminal/live-block';
import type { Output, TextStyle } from '../terminal/output';
import { describeNextAttempt, type JobProgress, type UpcomingAttempt } from '../terminal/progress-lines';

/** Ways to show a run: for people, as one JSON object at the end, or as one JSON object for each thing that happens. */
export type RunFormat = 'text' | 'json' | 'ndjson';

/** What shows a run while it happens. */
export interface RunDisplay {
  /** A container printed lines. */
  log(chunk: LogChunk): void;
  /** Something happened. */
  progress(progress: Progress): void;
  /** The caller waits no longer. */
  interrupt(): void;
  /** Everything has ended. */
  result(result: RunResult, cluster: object): void;
  /** Nothing more will be shown, whatever ended the run. */
  close(): void;
}

const podStyles: readonly TextStyle[] = ['cyan', 'green', 'yellow', 'bold', 'dim', 'gray'];
const shortestColumn = 10;
const newline = Buffer.from('\n');

/** Shows a run: what the Jobs print on stdout, the talk about it on stderr, and on a terminal what runs below it. */
export class RunView implements RunDisplay {
  private readonly styles = new Map<string, TextStyle>();
  private readonly startedAt: number;
  private readonly said = new Map<string, string>();
  private readonly running = new Map<string, JobProgress>();
  private live: LiveBlock | undefined;
  private forget: () => void = () => undefined;
  private isInterrupted = false;
  /** The pod that printed first. */
  private firstPod: string | undefined;
  /** Who wrote the line on stdout that has no newline yet. */
  private unfinished: LogChunk['source'] | undefined;
  private nameWidth: number;

  /**
   * @param now milliseconds on a clock that never goes back.
   * @param labels the names of what is run, as far as they are known beforehand, to align the talk about it.
   * @param twins the names that Jobs of several namespaces have.
   */
  public constructor(
    private readonly output: Output, private readonly format: RunFormat, private readonly names: NamedPods,
    private readonly now: () => number = () => performance.now(), labels: readonly string[] = [],
    private readonly twins: ReadonlySet<string> = new Set(),
  ) {
    this.startedAt = now();
    this.nameWidth = Math.max(shortestColumn, ...labels.map((label) => label.length));
  }

  /** The Jobs that have not ended, as they are now. */
  public get jobs(): readonly JobProgress[] {
    return [...this.running.values()];
  }

  /** From now on draws `block` below everything else while Jobs run; `forget` is called when it has been taken away. */
  public draw(block: LiveBlock, forget: () => void): void {
    this.live = block;
    this.forget = forget;
    this.output.overlay = block;
  }

  public log(chunk: LogChunk): void {
    if (this.format === 'ndjson') return this.output.raw([...chunk.lines()].map((line) => `${JSON.stringify(logJson(line))}\n`).join(''));
    const isNamed = this.isNamed(chunk);
    // With json, only the result is data.
    if (this.format === 'json') {
      for (const { text } of chunk.lines()) this.output.talk(isNamed ? `${this.label(chunk)} │ ${text}` : text);
      return undefined;
    }
    if (!isNamed) return this.bytes(chunk);
    this.output.breakLine();
    const prefix = Buffer.from(`${this.output.paint(this.styleOf(chunk.source.pod), this.label(chunk))} │ `);
    const lines = [...splitLines(chunk.bytes)].flatMap((line) => [prefix, line]);
    return this.output.raw(Buffer.concat(chunk.isWhole ? lines : [...lines, newline]));
  }

  /** Lines byte for byte; one without a newline gets none, unless somebody else's output follows it. */
  private bytes({ source, bytes, isWhole }: LogChunk): void {
    if (this.unfinished !== undefined && this.unfinished !== source) this.output.breakLine();
    this.output.raw(bytes);
    this.unfinished = isWhole ? undefined : source;
  }

  public progress(progress: Progress): void {
    if (this.format === 'ndjson') return this.json(progressJson(progress));
    const { output } = this;
    switch (progress.type) {
      case 'applied': {
        const { object, result, warnings } = progress.applied;
        const { metadata, spec } = object;
        const { name = '' } = metadata ?? {};
        const suspended = isJob(object) && (spec as { suspend?: boolean } | undefined)?.suspend === true ? ', suspended' : '';
        const end = isJob(object) ? endOf(object) : undefined;
        const title = isJob(object) ? titleOf({ ...metadata }, this.twins) : labelOf(object);
        this.talk(title, `${result}${suspended}${end === undefined ? '' : `, already ${end}: nothing is started`}`);
        for (const warning of warnings) output.warn(warning);
        if (isJob(object)) this.follow(`${metadata?.namespace}/${name}`, title, undefined);
        return;
      }
      case 'ordered': return output.talk(`order: ${orderWords(progress.jobs)}`);
      case 'left-out': return leftOutWords(progress.objects, labelOf).forEach((words) => output.talk(words));
      case 'replacing': return this.replacing(progress);
      case 'refused': return output.error(progress.error.message, progress.error.hint);
      case 'changed': return this.changed(progress);
      case 'ended': return this.ended(progress.verdict);
      case 'trouble': return;
      case 'unwatched': return output.warn(`${progress.error.message}; continuing without ${progress.resource}`);
    }
  }

  /** Says what is about to be lost, and how its successor differs. */
  private replacing({ object, changes }: Progress & { readonly type: 'replacing' }): void {
    this.talk(titleOf({ ...object.metadata }, this.twins), `already exists (${endOf(object) ?? 'not ended'}): it is deleted with its pods and created again`);
    for (const line of changedFieldLines(changes)) this.output.talk(`  ${line}`);
  }

  public interrupt(): void {
    this.isInterrupted = true;
  }

  public result(result: RunResult, cluster: object): void {
    if (this.format === 'json') this.output.line(JSON.stringify(resultJson(result, cluster), null, 2));
    if (this.format === 'text') for (const line of jobSummary(result.jobs, this.output.paintTalk.bind(this.output))) this.output.talk(line);
    if (this.format === 'ndjson') this.json({ type: 'result', ...resultJson(result, cluster) });
  }

  public close(): void {
    this.live?.stop();
    this.output.overlay = undefined;
    this.forget();
  }

  private follow(key: string, name: string, verdict: JobVerdict | undefined, nextAttempt?: UpcomingAttempt): void {
    this.running.set(key, { name, startedAt: this.running.get(key)?.startedAt ?? this.now(), verdict, ...given({ nextAttempt }) });
    this.live?.start();
  }

  private changed({ verdict, nextAttempt }: Extract<Progress, { readonly type: 'changed' }>): void {
    const { name, namespace, diagnosis, message } = verdict;
    if (name === null) return;
    const [key, title] = [`${namespace}/${name}`, titleOf(verdict, this.twins)];
    const now = this.now();
    const next = nextAttempt && { at: now + nextAttempt.inSeconds * 1000, index: nextAttempt.index };
    this.follow(key, title, verdict, next);
    if (verdict.queue !== null) this.followQueue(key, title, verdict);
    if (verdict.verdict !== 'Running' || diagnosis === 'Running') return;
    // The same cause is news again when another attempt has failed, and a later one is due. Only then are the attempts put together.
    const words = next === undefined ? diagnosis : `${diagnosis} ${verdict.attempts.length}`;
    const said = this.said.get(key);
    if (said === words || (next === undefined && said?.split(' ')[0] === diagnosis)) return;
    this.said.set(key, words);
    this.talk(title, `${this.output.paintTalk('yellow', message)}${next === undefined ? '' : `; ${describeNextAttempt(next, now)}`}`);
  }

  /** Says once why a Job of a queue waits, and once that it waits no more. */
  private followQueue(key: string, name: string, { verdict, message, queue }: JobVerdict): void {
    const place = `${key} in its queue`;
    const words = verdict === 'Suspended' ? message : undefined;
    if (this.said.get(place) === words) return;
    if (words !== undefined) {
      this.said.set(place, words);
      this.talk(name, this.output.paintTalk('yellow', words));
    } else if (this.said.delete(place) && verdict === 'Running') {
      this.talk(name, `admitted by queue ${queue?.name ?? ''}`.trimEnd());
    }
  }

  private ended(verdict: JobVerdict): void {
    const { output } = this;
    const { name, namespace, message, hint, counts: { succeeded, wanted } } = verdict;
    const title = titleOf(verdict, this.twins);
    this.running.delete(`${namespace}/${name}`);
    if (this.running.size === 0) this.live?.stop();
    const seconds = `${((this.now() - this.startedAt) / 1000).toFixed(1)}s`;
    if (verdict.verdict === 'Complete') {
      this.talk(title, `${output.paintTalk('green', 'Complete')} ${succeeded}/${wanted ?? succeeded} in ${seconds}${queueWords(verdict)}`);
      return;
    }
    if (verdict.verdict === 'Refused') return;
    if (this.isCutOff(verdict)) {
      this.talk(title, `${output.paintTalk('yellow', 'interrupted')} after ${seconds}${verdict.diagnosis === 'Running' ? '' : `: ${message}`}`);
    } else {
      const when = verdict.timedOutAfter === null && verdict.verdict !== 'NotStarted' ? ` after ${seconds}` : '';
      this.talk(title, `${output.paintTalk('red', headlineOf(verdict))}${when}${queueWords(verdict)}: ${message}`);
      if (hint !== '') output.talk(`${output.paintTalk('cyan', 'hint')}: ${hint}`);
    }
    if (countAttempts(verdict.attempts) > 1) for (const line of attemptTable(verdict.attempts)) output.talk(`  ${line}`);
  }

  /** Whether the caller gave up before anything could be said of the Job's end. */
  private isCutOff({ verdict, timedOutAfter, stuck }: JobVerdict): boolean {
    return this.isInterrupted && timedOutAfter === null && !stuck && (verdict === 'Running' || verdict === 'Suspended');
  }

  private talk(name: string, words: string): void {
    this.nameWidth = Math.max(this.nameWidth, name.length);
    this.output.talk(`${name.padEnd(this.nameWidth)} ${words}`);
  }

  private isNamed({ source: { podUid } }: LogChunk): boolean {
    this.firstPod ??= podUid;
    return this.names === 'all' || (this.names === 'others' && podUid !== this.firstPod);
  }

  private label({ source: { pod, container, isOnly } }: LogChunk): string {
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

/** What an object is called in the talk about a run: a Job by its name, others with their kind. */
export function labelOf(object: KubernetesObject): string {
  const { kind = '', metadata: { name = '' } = {} } = object;
  return isJob(object) ? name : `${kind.toLowerCase()}/${name}`;
}
