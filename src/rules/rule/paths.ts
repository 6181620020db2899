import { type Scope } from './rule';
import { type FieldPath } from '../../core/field-path';

/** Whether a path has an element `..`. */
export function hasBackstep(path: string): boolean {
  return path.includes('..') && path.split('/').includes('..');
}

/**
 * Reports a path that leaves its directory: an absolute one, or one with an element `..`.
 *
 * @source pkg/apis/core/validation/validation.go validateLocalDescendingPath (v1.37)
 */
export function checkDescendingPath(path: string, scope: Scope, field?: FieldPath): void {
  if (path.startsWith('/')) scope.report(path, field, 'must be a relative path');
  if (hasBackstep(path)) scope.report(path, field, 'must not contain \'..\'');
}

/**
 * Reports a path that leaves its directory, or starts like the files that the kubelet keeps for itself.
 *
 * @source pkg/apis/core/validation/validation.go ValidateLocalNonReservedPath (v1.37)
 */
export function checkVolumePath(path: string, scope: Scope, field?: FieldPath): void {
  checkDescendingPath(path, scope, field);
  if (path.startsWith('..') && !path.startsWith('../')) scope.report(path, field, 'must not start with \'..\'');
}
