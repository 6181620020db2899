import { type Decoded } from '../../api/decoded';
import { type Volume, type VolumeProjection } from '../../api/kubernetes';

/** A path in a volume, and which source puts a file there. */
interface VolumeFile {
  readonly path: string;
  readonly from: string;
}

/**
 * What the API server warns of in the paths of a volume: equal ones, and one within another.
 *
 * @source pkg/api/pod/warnings.go warningsForOverlappingVirtualPaths, checkForOverlap (v1.37)
 */
export function findOverlaps(volume: Decoded<Volume>): readonly string[] {
  const { name = '', secret, configMap, downwardAPI, projected } = volume;
  if (secret?.items !== undefined) return overlapsOf(secret.items.map(({ path = '' }) => ({ path, from: '' })), `volume "${name}" (Secret "${secret.secretName ?? ''}")`);
  if (configMap?.items !== undefined) return overlapsOf(configMap.items.map(({ path = '' }) => ({ path, from: '' })), `volume "${name}" (ConfigMap "${configMap.name ?? ''}")`);
  if (downwardAPI?.items !== undefined) return overlapsOf(downwardAPI.items.map(({ path = '' }) => ({ path, from: '' })), `volume "${name}" (DownwardAPI)`);
  const files = (projected?.sources ?? []).flatMap((source) => filesOf(source));
  return overlapsOf(files, `volume "${name}" (Projected)`);
}

function overlapsOf(files: readonly VolumeFile[], subject: string): readonly string[] {
  const texts: string[] = [];
  const root = newFolder();
  files.forEach((file, position) => {
    const first = enter(root, file.path.replace(/\/+$/, ''), position);
    const other = first === undefined ? undefined : files[first];
    if (other !== undefined) texts.push(`${subject}: overlapping paths: "${file.path}"${file.from} with "${other.path}"${other.from}`);
  });
  return texts;
}

/** A folder or a file of a volume, with the positions of those that came first. */
interface Folder {
  readonly entries: Map<string, Folder>;
  /** The first file that has this very path. */
  here: number | undefined;
  /** The first file that has this path or one below. */
  below: number | undefined;
}

function newFolder(): Folder {
  return { entries: new Map(), here: undefined, below: undefined };
}

/** Enters a path, and returns the first one before it that is equal, above or below. */
function enter(root: Folder, path: string, position: number): number | undefined {
  let folder = root;
  let first = Number.POSITIVE_INFINITY;
  let below: number | undefined;
  for (const part of path.split('/')) {
    const next = folder.entries.get(part) ?? newFolder();
    folder.entries.set(part, next);
    folder = next;
    first = Math.min(first, folder.here ?? first);
    below = folder.below;
    folder.below ??= position;
  }
  folder.here ??= position;
  first = Math.min(first, below ?? first);
  return Number.isFinite(first) ? first : undefined;
}

function filesOf(
  { secret, configMap, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate }: Decoded<VolumeProjection>,
): readonly VolumeFile[] {
  const { credentialBundlePath, keyPath, certificateChainPath } = podCertificate ?? {};
  const paths = [credentialBundlePath, keyPath, certificateChainPath, clusterTrustBundle?.path, serviceAccountToken?.path];
  return [
    ...(secret?.items ?? []).map(({ path = '' }) => ({ path, from: ` (Secret "${secret?.name ?? ''}")` })),
    ...(configMap?.items ?? []).map(({ path = '' }) => ({ path, from: ` (ConfigMap "${configMap?.name ?? ''}")` })),
    ...(downwardAPI?.items ?? []).map(({ path = '' }) => ({ path, from: ' (DownwardAPI)' })),
    ...paths.filter((path) => path !== undefined && path !== '').map((path) => ({ path: path ?? '', from: '' })),
  ];
}
