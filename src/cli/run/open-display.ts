import type { CliContext } from '../command';
import { placesOfJobs } from './job-places';
import { openView, type ViewFlags } from './open-view';
import { namedPods } from './prefix-mode';
import type { RunDisplay, RunFormat } from './run-view';
import { kindOf } from '../../api/kinds';
import type { LocatedObject } from '../input/run-manifests';
import { twinNames } from '../tables/job-titles';
import { GithubView } from '../terminal/github-view';

/** The flags of `run` that say how it is shown. */
export interface DisplayFlags extends Pick<ViewFlags, 'prefix'> {
  readonly output: RunFormat | 'github';
}

/** What shows a run as the flags ask for. */
export function openDisplay({ output: format, prefix }: DisplayFlags, located: readonly LocatedObject[], context: CliContext): RunDisplay {
  const { output, env } = context;
  const objects = located.map(({ object }) => object);
  if (format !== 'github') return openView({ output: format, prefix }, output, objects);
  return new GithubView(output, {
    jobs: objects.filter(kindOf).map(({ metadata }) => metadata?.name ?? metadata?.generateName ?? ''),
    places: placesOfJobs(located, context),
    named: namedPods(prefix, output, objects),
    twins: twinNames(objects.filter(kindOf).map(({ metadata }) => ({ ...metadata }))),
    summaryFile: env.GITHUB_STEP_SUMMARY,
  });
}
