/**
 * What objects of cdk8s and cdk8s-plus look like from outside, so that they fit where a native value would and no version of cdk8s-plus is
 * named.
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

/** A Size of cdk8s, for memory and storage: written as the largest of `Ti`, `Gi`, `Mi` and `Ki` that makes it a whole number. */
export interface SizeObject {
  /** The size in kibibytes. */
  toKibibytes(): number;
  /** The size in mebibytes. */
  toMebibytes(): number;
}

/** A Duration of cdk8s, for seconds. */
export interface DurationObject {
  /** The duration in seconds. */
  toSeconds(): number;
  /** The duration in milliseconds. */
  toMilliseconds(): number;
}

/** A Cpu of cdk8s-plus. */
export interface PlusCpu {
  /** How much, as `500m`. */
  readonly amount: string;
}

/** A length of time: whole seconds, or a Duration of cdk8s. */
export type SecondsProps = number | DurationObject;
