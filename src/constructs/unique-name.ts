import type { IConstruct } from 'constructs';
import { isAttached } from './attached';
import type { Finding } from '../core/finding';
import { identityOf, sameNameFinding } from '../rules/same-name';

/** A name that is taken, and by whom. */
interface Taken {
  owner: IConstruct;
}

/** The names that are taken in each app. */
const apps = new WeakMap<object, Map<string, Taken>>();

/**
 * The name that an object has to itself in its app: of two objects with one name, `kubectl apply` leaves only the last.
 *
 * cdk8s asks every object once for each chart: one that holds its name answers without a look-up.
 */
export class UniqueName {
  private identity: string | undefined;
  private held: Taken | undefined;

  public constructor(private readonly owner: IConstruct) {}

  /** Notes the name that the object is rendered with, and releases the one it had. */
  public note(manifest: unknown): void {
    const identity = identityOf(manifest);
    if (identity === this.identity) return;
    if (this.identity !== undefined && this.held?.owner === this.owner) namesOf(this.owner).delete(this.identity);
    this.identity = identity;
    this.held = undefined;
  }

  /** Returns a finding when another object of the app had the name first; otherwise takes the name. */
  public findTwin(): Finding | undefined {
    const { identity, owner } = this;
    if (identity === undefined || this.held?.owner === owner) return undefined;
    const names = namesOf(owner);
    const taken = names.get(identity);
    if (taken !== undefined && taken.owner !== owner && isAttached(taken.owner)) return sameNameFinding(identity, taken.owner.node.path);
    this.held = taken ?? { owner };
    this.held.owner = owner;
    names.set(identity, this.held);
    return undefined;
  }
}

function namesOf({ node: { root } }: IConstruct): Map<string, Taken> {
  const names = apps.get(root) ?? new Map<string, Taken>();
  apps.set(root, names);
  return names;
}
