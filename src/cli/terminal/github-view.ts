import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { githubSummary } from './github-summary';
import type { Output } from './output';
import { workflowCommand } from './workflow-commands';
import type { JobsError } from '../../core/errors';
import { describeFileError } from '../../core/file-error';
import type { LogChunk } from '../../runtime/log-line';
import type { Progress, RunResult } from '../../runtime/run-options';
import type { JobVerdict } from '../../verdict/job-verdict';
import type { JobPlace } from '../run/job-places';
import type { NamedPods } from '../run/prefix-mode';
import { type RunDisplay, RunView } from '../run/run-view';
import { titleOf } from '../tables/job-titles';
import { headlineOf } from '../tables/verdict-words';

/** What is known of the run beforehand. */
interface GithubRun {
  /** The names of the Jobs, as far as they have names. */
  readonly jobs: readonly string[];
  /** The place of each Job in the order of the manifests; undefined for one that no file holds. */
  readonly places: ReadonlyArray<JobPlace | undefined>;
  /** Which lines of output are marked with their pod. */
  readonly named: NamedPods;
  /** The names that Jobs of several namespaces have. */
  readonly twins?: ReadonlySet<string>;
  /** The file that the summary of the step is added to, if any. */
  readonly summaryFile: string | undefined;
}

/**
 * Shows a run in a workflow of GitHub Actions: the output in a group, a failure on the pull request, a table in the summary of the step.
 *
 * All of it goes to stdout, because the runner reads both streams and keeps no order between them. While containers print, the runner
 * takes no commands until it reads a word that nobody can guess, because their output could contain some.
 *
 * @source https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export class GithubView implements RunDisplay {
  private readonly token = randomBytes(16).toString('hex');
  private readonly output: Output;
  private readonly view: RunView;
  private readonly warnings: string[] = [];
  private isOpen = false;
  private isInterrupted = false;

  public constructor(output: Output, private readonly run: GithubRun) {
    this.output = output.onStdout();
    this.view = new RunView(this.output, 'text', run.named, undefined, [], run.twins);
  }

  public log(chunk: LogChunk): void {
    this.open();
    this.view.log(chunk);
  }

  public progress(progress: Progress): void {
    this.open();
    this.view.progress(progress);
    if (progress.type !== 'applied') return;
    const { object: { kind, metadata }, warnings } = progress.applied;
    for (const warning of warnings) this.warnings.push(workflowCommand('warning', { title: `${kind} ${metadata?.name}` }, warning));
  }

  public interrupt(): void {
    this.isInterrupted = true;
    this.view.interrupt();
  }

  public result({ jobs, order }: RunResult): void {
    this.close();
    for (const warning of this.warnings) this.output.line(warning);
    for (const [position, job] of jobs.entries()) if (job.verdict !== 'Complete') this.output.line(this.annotation(job, this.run.places[position]));
    this.summarize(jobs, order);
  }

  public close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.output.breakLine();
    this.output.line(`::${this.token}::`);
    this.output.line(workflowCommand('endgroup', {}, ''));
  }

  private open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.output.line(workflowCommand('group', {}, `Output of ${this.run.jobs.join(', ')}`));
    this.output.line(workflowCommand('stop-commands', {}, this.token));
  }

  private annotation(job: JobVerdict, place: JobPlace | undefined): string {
    const isCutOff = this.isInterrupted && job.verdict === 'Running';
    const title = `Job ${titleOf(job, this.run.twins ?? new Set())}: ${isCutOff ? 'interrupted' : headlineOf(job)}`;
    return workflowCommand('error', { file: place?.file, line: place?.line, title }, [job.message, ...(isCutOff ? [] : [job.hint])].filter(Boolean).join('\n'));
  }

  private summarize(jobs: readonly JobVerdict[], order: RunResult['order']): void {
    const { summaryFile } = this.run;
    if (summaryFile === undefined) return;
    try {
      appendFileSync(summaryFile, githubSummary(jobs, order));
    } catch (error) {
      this.output.line(workflowCommand('warning', {}, `Cannot write GITHUB_STEP_SUMMARY: ${describeFileError(error)}`));
    }
  }
}

/** An error that kept the Jobs from running, for the page of a workflow. */
export function errorAnnotation({ message, hint }: JobsError): string {
  return workflowCommand('error', { title: 'cdk8s-jobs run' }, [message, hint].filter(Boolean).join('\n'));
}
