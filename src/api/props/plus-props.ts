/**
 * What objects of cdk8s-plus look like from outside, so that they fit where a native value would and no version of cdk8s-plus is named.
 *
 * None of these has the property names of the native value: an editor then blames the native property, not the union.
 */

/** A Secret, ConfigMap, ServiceAccount or claim of cdk8s-plus: anything with a name and a place in the construct tree. */
export interface NamedConstruct {
  /** The name of the object in the cluster. */
  readonly name: string;
  /** Its place in the construct tree. */
  readonly node: object;
}

/** A Container of cdk8s-plus. */
export interface PlusContainer {
  /** Renders the native container. */
  readonly _toKube: () => object;
  /** What it mounts. */
  readonly mounts: readonly object[];
}

/** An EnvValue of cdk8s-plus: a value, or where it comes from. */
export interface PlusEnvValue {
  /** The value itself. */
  readonly value?: unknown;
  /** Where the value comes from. */
  readonly valueFrom?: unknown;
}
