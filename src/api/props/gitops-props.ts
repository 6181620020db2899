import type { gitOpsRefusals } from './refusals';
import type { Forbidden } from '../../core/messages';
import type { GitOpsTool } from '../gitops';

/** The mark for which a Job runs again. */
export interface RerunMark {
  /**
   * Any text, such as the tag of a release: each new one runs the Job again, whether its content has changed or not.
   *
   * Shape: not empty.
   */
  readonly on: string;
}

/** When a Job of Git runs again: when its content changes, or for each new mark too. */
export type Rerun = 'on-change' | RerunMark;

/** When Argo CD runs a Job; see `ArgoCdOptions.run`. */
export type ArgoCdRun = 'once' | 'on-change' | 'before-rollout' | 'before-rollout-when-changed' | 'after-rollout';

/** When Flux runs a Job; see `FluxOptions.run`. */
export type FluxRun = 'once' | 'on-change';

/** The value of a field that is not written, as the parameters of options have it. */
type None = never;

/** `Refused` where the Job has one of `Runs`, else `Allowed`. A Job without `run` has none of them. */
type Unless<Run, Runs, Allowed, Refused> = [Run] extends [None] ? Allowed : Run extends Runs ? Refused : Allowed;

/** `Allowed` where the Job has one of `Runs`, else `Refused`. */
type Only<Run, Runs, Allowed, Refused> = [Run] extends [None] ? Refused : Run extends Runs ? Allowed : Refused;

/** What Argo CD shall do with a Job. The parameters are found by `argocd`. */
export interface ArgoCdOptions<Run extends ArgoCdRun = None, Start extends 'later' = None> {
  /**
   * When the Job runs.
   *
   * - `once`: under this name once, ever. The template must not change, and there must be no TTL.
   * - `on-change`: whenever something changes that cannot be changed in place; the name stays, the old Job is deleted first, with its
   *   pods and logs. `rerun: 'on-change'` is safer: it deletes nothing before the new Job is known to be legal.
   * - `before-rollout`: at each sync, before everything else; if it fails, nothing else is applied. A hook, named as it is written.
   * - `before-rollout-when-changed`: before everything else, only when its content has changed: needs `rerun`.
   * - `after-rollout`: at each sync, when everything else is healthy.
   *
   * @default - when the Job is new
   */
  readonly run?: Run;
  /** Makes construct dependencies an order: what depends on a Job is applied when that is Complete. For a chart or an app. */
  readonly order?: 'dependencies';
  /** A Job that fails does not make the Application Degraded. */
  readonly health?: 'ignored';
  /** The Job is there with `suspend: true`, and somebody, or a queue, resumes it. */
  readonly start?: Unless<Run, 'before-rollout' | 'before-rollout-when-changed' | 'after-rollout', Start, Forbidden<typeof gitOpsRefusals.startInRollout>>;
  /** People pause it with kubectl, and Git lets them: `suspend` is not written. */
  readonly pause?: [Start] extends [None] ? 'by-hand' : Forbidden<typeof gitOpsRefusals.pauseAndStart>;
  /** The Job is deleted when the whole sync has succeeded. Other Jobs are cleaned up by `rerun` and prune. */
  readonly cleanUp?: Only<Run, 'before-rollout' | 'after-rollout', 'after-success', Forbidden<typeof gitOpsRefusals.cleanUpNeedsHook>>;
  /** The Job stays in the cluster, with its history, when it has left Git. */
  readonly whenRemoved?: Unless<Run, 'before-rollout' | 'after-rollout', 'kept', Forbidden<typeof gitOpsRefusals.hooksAreKept>>;
}

/** What Flux shall do with a Job. The parameters are found by `flux`. */
export interface FluxOptions<Run extends FluxRun | Forbidden<typeof gitOpsRefusals.fluxHasNoHooks> = None, Start extends 'later' = None> {
  /**
   * When the Job runs.
   *
   * - `once`: under this name once, ever; later changes in Git are ignored. There must be no TTL.
   * - `on-change`: whenever something changes that cannot be changed in place, as with Argo CD; `rerun: 'on-change'` is safer.
   *
   * @default - when the Job is new
   */
  readonly run?: Run;
  /** The Job is there with `suspend: true`, and somebody, or a queue, resumes it: Flux never touches it again. */
  readonly start?: Unless<Run, 'on-change', Start, Forbidden<typeof gitOpsRefusals.startOnChange>>;
  /** People pause it with kubectl, and Flux lets them: `suspend` is not written. */
  readonly pause?: [Start] extends [None] ? Unless<Run, 'once', 'by-hand', Forbidden<typeof gitOpsRefusals.pauseOnce>> : Forbidden<typeof gitOpsRefusals.pauseAndStart>;
  /** The object stays in the cluster, with its history, when it has left Git. */
  readonly whenRemoved?: 'kept';
  /** Not in Flux. */
  readonly order?: Forbidden<typeof gitOpsRefusals.fluxHasNoWaves>;
  /** Not in Flux. */
  readonly health?: Forbidden<typeof gitOpsRefusals.fluxHealth>;
  /** Not in Flux. */
  readonly cleanUp?: Forbidden<typeof gitOpsRefusals.fluxCleanUp>;
}

/**
 * What a tool shall do with Jobs, as `argocd` and `flux` make it: the prop `gitops` of one Job, and a mixin for a chart or an app.
 *
 * Each option is taken from the nearest scope that has it: the Job's own prop, then what was applied to the Job, its chart, its app.
 */
export interface GitOps {
  /** The tool. */
  readonly tool: GitOpsTool;
  /** What was asked for. */
  readonly options: Readonly<Record<string, string | undefined>>;
  /** Whether it can be applied: to every construct. */
  supports(construct: object): boolean;
  /**
   * Applies it to all Jobs in a scope: those that are there, and those that will be.
   *
   * @param construct a Job, a chart, an app or any scope between them.
   */
  applyTo(construct: ConstructNode): void;
}

/** A construct, as far as it matters here. */
export interface ConstructNode {
  /** Its node in the tree. */
  readonly node: object;
}
