/** No problems; shared, so that a good path allocates nothing. */
const none: readonly string[] = [];

/** Whether a path has an element `..`. */
export function hasBackstep(path: string): boolean {
  return path.includes('..') && path.split('/').includes('..');
}

/**
 * What is wrong with a path that leaves its directory: an absolute one, or one with an element `..`.
 *
 * @source pkg/apis/core/validation/validation.go validateLocalDescendingPath (v1.37)
 */
export function findDescendingFaults(path: string): readonly string[] {
  if (!path.startsWith('/') && !hasBackstep(path)) return none;
  return [...path.startsWith('/') ? ['must be a relative path'] : [], ...hasBackstep(path) ? ['must not contain \'..\''] : []];
}

/**
 * What is wrong with a path that leaves its directory, or starts like the files that the kubelet reserves for itself.
 *
 * @source pkg/apis/core/validation/validation.go ValidateLocalNonReservedPath (v1.37)
 */
export function findVolumePathFaults(path: string): readonly string[] {
  const faults = findDescendingFaults(path);
  return path.startsWith('..') && !path.startsWith('../') ? [...faults, 'must not start with \'..\''] : faults;
}
