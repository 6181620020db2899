import { type ApiServer, apiServer, defaultMinor } from '../../api/api-server';
import { faultOfGates, type FeatureGates } from '../../api/feature-gates';
import { type GitOpsTool, gitOpsTools } from '../../api/gitops';
import { UsageError } from '../../core/errors';
import { given } from '../../core/given';
import { type Delivery } from '../gitops/delivery';

/** Every version of Kubernetes whose rules are known, oldest first. */
export const kubernetesVersions = ['1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37', '1.38'] as const;

/** A version of Kubernetes whose rules are known. */
export type KubernetesVersion = (typeof kubernetesVersions)[number];

/** The versions that are not released yet, and the release whose rules stand for each. */
const previews: Readonly<Partial<Record<KubernetesVersion, string>>> = { 1.38: '1.38.0-beta.0' };

/** What has to be said with any answer for a version; undefined for one that is released. @internal */
export function previewNotice(version: KubernetesVersion): string | undefined {
  const release = previews[version];
  return release === undefined ? undefined : `Kubernetes ${version} is a preview: its rules are those of ${release} and may still change`;
}

/** The version that is meant when none is named. */
export const defaultVersion = `1.${defaultMinor}` satisfies KubernetesVersion;

/** What validation may be told besides the manifest. */
export interface ValidateOptions {
  /** The API server to answer for; default: 1.37, the newest that is released. Versions from 1.33 on are tested against live servers. */
  readonly kubernetesVersion?: KubernetesVersion;
  /** The feature gates of that server that are not as they are by default: `{ WorkloadWithJob: true }`. Default: none. */
  readonly featureGates?: FeatureGates;
  /** The tool that applies the manifest from Git: what goes wrong with it there is found too, except by `validateUpdate`. Default: none. */
  readonly gitops?: GitOpsTool;
  /** Which advice is told: what goes wrong (`default`), `all`, that about choices with a price too, or `none`. Default: `default`. */
  readonly advice?: 'default' | 'all' | 'none';
  /** Ids of warnings and advice that are not told, beside those in the manifest's annotation `cdk8s-jobs/silence`. Default: none. */
  readonly silence?: readonly string[];
}

/** What an API server is told apart by. */
export type ServerOptions = Pick<ValidateOptions, 'featureGates' | 'kubernetesVersion'>;

/** Only what tells the API server, of options that say more. @internal */
export function serverOptions({ kubernetesVersion, featureGates }: ServerOptions): ServerOptions {
  return given({ kubernetesVersion, featureGates });
}

/** What validation may be told by those who see more than one manifest. @internal */
export interface DeliveredOptions extends ValidateOptions {
  /** What is known of how the tool that `gitops` names applies the manifest. Default: nothing. */
  readonly delivery?: Delivery;
}

/**
 * The API server that is meant.
 *
 * @throws UsageError for a version that is not in `kubernetesVersions`, and for feature gates with which it would not start
 * @internal
 */
export function serverOf({ kubernetesVersion = defaultVersion, featureGates }: ValidateOptions = {}): ApiServer {
  if (!kubernetesVersions.includes(kubernetesVersion)) {
    throw new UsageError(`Cannot validate for Kubernetes ${String(kubernetesVersion)}`, `choose one of ${kubernetesVersions.join(', ')}`);
  }
  const minor = Number(kubernetesVersion.slice(2));
  if (featureGates === undefined) return apiServer(minor);
  const fault = faultOfGates(featureGates, minor);
  if (fault !== undefined) throw new UsageError(`Cannot use these feature gates: ${fault}`);
  return apiServer(minor, featureGates);
}

/**
 * The tool that applies the manifest from Git; undefined when none is named.
 *
 * @throws UsageError for one that is not in `gitOpsTools`
 * @internal
 */
export function gitOpsToolOf({ gitops }: ValidateOptions): GitOpsTool | undefined {
  if (gitops === undefined || gitOpsTools.includes(gitops)) return gitops;
  throw new UsageError(`Cannot validate for ${String(gitops)}`, `choose one of ${gitOpsTools.join(', ')}`);
}

/**
 * The version that a server or a release names (`1.33`, `v1.33.2`, `v1.33.5-eks-1a2b3c`); undefined when its rules are not known.
 *
 * @internal
 */
export function tryFindVersion(text: string): KubernetesVersion | undefined {
  const release = /^v?(1\.\d+)(?:\.\d+)?(?:[-+].*)?$/.exec(text.trim())?.[1];
  return kubernetesVersions.find((version) => version === release);
}
