import type { IConstruct } from 'constructs';

const none: readonly IConstruct[] = [];

/** What a construct depends on, as its node gives it. Most depend on nothing, which is seen without asking. */
export function dependenciesOf({ node }: IConstruct): readonly IConstruct[] {
  const { _dependencies: added } = node as unknown as { readonly _dependencies?: unknown };
  return added instanceof Set && added.size === 0 ? none : node.dependencies;
}
