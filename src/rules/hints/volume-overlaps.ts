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
  files.forEach(({ path, from }, position) => {
    const other = files.slice(0, position).find((earlier) => isOverlap(earlier.path, path));
    if (other !== undefined) texts.push(`${subject}: overlapping paths: "${path}"${from} with "${other.path}"${other.from}`);
  });
  return texts;
}

function isOverlap(one: string, other: string): boolean {
  const [left, right] = [one.replace(/\/+$/, ''), other.replace(/\/+$/, '')];
  return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`);
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
