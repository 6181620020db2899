import type { IConstruct } from 'constructs';

/** Whether a construct is still part of its tree. */
export function isAttached({ node }: IConstruct): boolean {
  const { id, scope } = node;
  return scope === undefined || (scope.node.tryFindChild(id)?.node === node && isAttached(scope));
}
