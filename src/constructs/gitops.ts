import { Construct } from 'constructs';
import { applyIntention } from './scope-intentions';
import { keepWaves } from './sync-waves';
import type { GitOpsTool } from '../api/gitops';
import type { ArgoCdOptions, ArgoCdRun, FluxOptions, FluxRun, GitOps } from '../api/props/gitops-props';
import type { gitOpsRefusals } from '../api/props/refusals';
import type { Forbidden } from '../core/messages';
import type { Intention } from '../gitops/intentions';

/**
 * What Argo CD shall do with a Job, for its prop `gitops`, or with all Jobs of a chart or an app: `.applyTo(chart)`.
 *
 * It becomes annotations, and the Job is checked for what goes wrong with Argo CD. An annotation that is written by hand and says
 * otherwise is refused; lists of options are put together.
 *
 * @example
 * new NonParallelJob(chart, 'migrate', { gitops: argocd({ run: 'before-rollout' }), activeDeadlineSeconds: 600, ...pod });
 * argocd({ order: 'dependencies' }).applyTo(app);
 */
export function argocd<Run extends ArgoCdRun = never, Start extends 'later' = never>(options: ArgoCdOptions<Run, Start>): GitOps {
  return makeGitOps('argocd', options);
}

/**
 * What Flux shall do with a Job, for its prop `gitops`, or with all Jobs of a chart or an app: `.applyTo(chart)`.
 *
 * It becomes annotations, and the Job is checked for what goes wrong with Flux. An annotation that is written by hand and says otherwise is
 * refused.
 *
 * @example
 * new NonParallelJob(chart, 'seed', { gitops: flux({ run: 'once', whenRemoved: 'kept' }), ...pod });
 */
export function flux<Run extends FluxRun | Forbidden<typeof gitOpsRefusals.fluxHasNoHooks> = never, Start extends 'later' = never>(
  options: FluxOptions<Run, Start>,
): GitOps {
  return makeGitOps('flux', options);
}

function makeGitOps(tool: GitOpsTool, options: object): GitOps {
  const intention = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Intention;
  return {
    tool,
    options: intention,
    supports: (construct) => Boolean(Construct.isConstruct(construct)),
    applyTo: (construct) => {
      applyIntention(construct, tool, intention);
      if (intention.order !== undefined && Construct.isConstruct(construct)) keepWaves(construct);
    },
  };
}
