import { type ArgoCdMarks, type FluxMarks, type GitOpsTool, gitOpsTools, readArgoCdMarks, readFluxMarks } from '../api/gitops';
import { isJob } from '../api/kinds';
import { asObject } from '../core/json';
import type { Delivery } from '../rules/gitops/delivery';
import type { ValuePath } from '../rules/gitops/ignored-differences';
import { replacedBy, serverSideBy } from '../rules/gitops/sync-options';

/** What is read of the settings that apply an object. */
type Settings = Pick<Delivery, 'application' | 'kustomization'>;

/** How the tool, or the tools that may be meant, treat a Job or CronJob for what is annotated on it. */
export interface Treatment {
  /** The tools to speak of. */
  readonly tools: readonly GitOpsTool[];
  /** A Job that Argo CD makes anew at every sync, and that no change of its own starts. */
  readonly isHook: boolean;
  /** Whether every sync runs it. */
  readonly repeats: boolean;
  /** The tool that deletes the Job and makes it anew when the API server refuses its change. */
  readonly forcedBy: GitOpsTool | undefined;
  /** Whether Argo CD replaces it, which the API server refuses for every Job. */
  readonly isReplaced: boolean;
  /** Why Flux never touches it, or never again. */
  readonly leftAlone: 'never created' | 'created once' | undefined;
  /** The tools that leave it in the cluster when it leaves Git. */
  readonly keptBy: readonly GitOpsTool[];
  /** What is ignored of its changes; undefined for nothing. */
  readonly ignored: Ignored | undefined;
}

/** What an Application or a Kustomization ignores of the changes of one object. */
interface Ignored {
  /** As messages name it: `Application web`. */
  readonly title: string;
  /** Whether the API server is asked with the whole object, ignored fields too, before they are left alone. */
  readonly isTriedWhole: boolean;
  /** Whether a sync leaves these fields alone too; otherwise they only start none. */
  readonly inSyncs: boolean;
  /** Whether a sync leaves alone an object in which nothing else has changed. */
  readonly onlyOutOfSync: boolean;
  readonly paths: readonly ValuePath[];
  /** What cannot be read here of that which it ignores. */
  readonly unread: readonly string[];
}

const noMarks = {};

/**
 * Reads the treatment off the annotations of an object, and off the Application or Kustomization that applies it; those of a tool that is
 * not meant count for nothing.
 */
export function treatmentOf(object: object, tool: GitOpsTool | undefined, { application, kustomization }: Settings = {}): Treatment {
  const tools = tool === undefined ? gitOpsTools : [tool];
  const argo = readArgoCdMarks(tools.includes('argocd') ? object : noMarks);
  const flux = readFluxMarks(tools.includes('flux') ? object : noMarks);
  const { apiVersion, kind } = asObject(object);
  const isHook = argo.isHook && isJob({ apiVersion, kind });
  const isArgo = tools.includes('argocd');
  const replaces = replacedBy(argo, isArgo ? application : undefined) !== undefined;
  const forces = argo.syncOptions.includes('Force=true');
  return {
    tools: isHook ? ['argocd'] : tools,
    isHook,
    // What is in sync is left alone by an Application that applies nothing else.
    repeats: isHook || (replaces && forces && !(isArgo && application?.onlyOutOfSync === true)),
    forcedBy: forcedBy(argo, flux, isArgo ? application : undefined, tools.includes('flux') ? kustomization : undefined),
    isReplaced: replaces && !forces,
    leftAlone: flux.isIgnored ? 'never created' : flux.onlyIfNotPresent ? 'created once' : undefined,
    ignored: (isArgo && !isHook ? ignoredByApplication(application, object) : undefined)
      ?? (tools.includes('flux') ? ignoredByKustomization(kustomization, object) : undefined),
    keptBy: [...(argo.syncOptions.includes('Prune=false') ? ['argocd' as const] : []), ...(flux.keeps ? ['flux' as const] : [])],
  };
}

function ignoredByApplication(application: Settings['application'], object: object): Ignored | undefined {
  if (application === undefined) return undefined;
  const { title, ignored, onlyOutOfSync } = application;
  const [paths, unread] = [ignored.pathsOf(object), ignored.unreadOf(object)];
  if (paths.length + unread.length === 0) return undefined;
  return { title, isTriedWhole: false, inSyncs: ignored.inSyncs, onlyOutOfSync, paths, unread };
}

function ignoredByKustomization(kustomization: Settings['kustomization'], object: object): Ignored | undefined {
  const paths = kustomization?.ignored.pathsOf(object) ?? [];
  if (kustomization === undefined || paths.length === 0) return undefined;
  return { title: kustomization.title, isTriedWhole: true, inSyncs: true, onlyOutOfSync: false, paths, unread: [] };
}

/** Argo CD refuses to force what it applies on the server's side, whoever says so. */
function forcedBy(
  argo: ArgoCdMarks, { force, isIgnored, onlyIfNotPresent }: FluxMarks, application: Settings['application'], kustomization: Settings['kustomization'],
): GitOpsTool | undefined {
  if (argo.syncOptions.includes('Force=true') && serverSideBy(argo, application) === undefined) return 'argocd';
  // What it leaves alone it does not try, and so never forces.
  return !isIgnored && !onlyIfNotPresent && (force || kustomization?.force === true) ? 'flux' : undefined;
}
