import { namedPods, type PrefixMode } from './prefix-mode';
import { labelOf, type RunFormat, RunView } from './run-view';
import { kindOf } from '../../api/kinds';
import type { KubernetesObject } from '../../port/cluster-port';
import { systemTimers, type Timers } from '../../runtime/timers';
import { twinNames } from '../tables/job-titles';
import { LiveBlock } from '../terminal/live-block';
import type { Output } from '../terminal/output';
import { progressLines } from '../terminal/progress-lines';

/** The flags that say how a run is shown. */
export interface ViewFlags {
  readonly output: RunFormat;
  readonly prefix: PrefixMode;
}

/**
 * The view that the flags ask for. On a terminal it shows what runs until it is closed, or until the process ends.
 *
 * @param jobs as they were written, or as a cluster has them.
 */
export function openView(flags: ViewFlags, output: Output, jobs: readonly KubernetesObject[], timers: Timers = systemTimers): RunView {
  const twins = twinNames(jobs.filter(kindOf).map(({ metadata }) => ({ ...metadata })));
  const view = new RunView(output, flags.output, namedPods(flags.prefix, output, jobs), () => timers.now(), jobs.map(labelOf), twins);
  if (output.isInteractive && flags.output === 'text') showProgress(view, output, timers);
  return view;
}

function showProgress(view: RunView, output: Output, timers: Timers): void {
  const size = (): { readonly columns: number; readonly rows: number } => output.size ?? { columns: 80, rows: 24 };
  const terminal = {
    get columns() { return size().columns; },
    write: (text: string) => output.rawTalk(text),
  };
  const paint = output.paintTalk.bind(output);
  const block = new LiveBlock(terminal, timers, () => progressLines(view.jobs, timers.now(), { ...size(), paint }));
  const stop = (): void => block.stop();
  process.once('exit', stop);
  view.draw(block, () => process.removeListener('exit', stop));
}
