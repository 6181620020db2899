import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Finding } from '../core/finding';
import { asObject } from '../core/json';

/** A name that is taken, and by whom. */
interface Taken {
  owner: IConstruct;
}

/** The names that are taken in each chart. */
const charts = new WeakMap<object, Map<string, Taken>>();

/**
 * The name that an object has for itself in its chart: of two objects of one name `kubectl apply` leaves the one that comes last.
 *
 * Charts of one app may go to different clusters, so the same name in two charts is no mistake. cdk8s asks every object once for every
 * chart: one that holds its name answers without a look-up.
 */
export class UniqueName {
  private identity: string | undefined;
  private held: Taken | undefined;

  public constructor(private readonly owner: IConstruct, private readonly kind: string) {}

  /** Notes the name that the object is rendered with, and lets go of the one it had. */
  public note(manifest: unknown): void {
    const { name, namespace } = asObject(asObject(manifest).metadata);
    const identity = typeof name === 'string' && name !== '' ? [this.kind, String(namespace ?? ''), name].join('/') : undefined;
    if (identity === this.identity) return;
    if (this.identity !== undefined && this.held?.owner === this.owner) namesOf(this.owner).delete(this.identity);
    this.identity = identity;
    this.held = undefined;
  }

  /** The finding when another object of the chart had the name first; else the name is taken. */
  public findTwin(): Finding | undefined {
    const { identity, owner } = this;
    if (identity === undefined || this.held?.owner === owner) return undefined;
    const names = namesOf(owner);
    const taken = names.get(identity);
    if (taken !== undefined && taken.owner !== owner && isAttached(taken.owner)) return nameTaken(identity, taken.owner);
    this.held = taken ?? { owner };
    this.held.owner = owner;
    names.set(identity, this.held);
    return undefined;
  }
}

function namesOf(construct: IConstruct): Map<string, Taken> {
  const chart = Chart.of(construct);
  const names = charts.get(chart) ?? new Map<string, Taken>();
  charts.set(chart, names);
  return names;
}

/** Whether a construct is still part of its tree. */
function isAttached({ node }: IConstruct): boolean {
  const { id, scope } = node;
  return scope === undefined || (scope.node.tryFindChild(id)?.node === node && isAttached(scope));
}

function nameTaken(identity: string, { node }: IConstruct): Finding {
  const path = node.scope?.node.path ?? node.path;
  const message = `${path} has it too, and of two objects of one name only the last one applied remains`;
  const value = identity.slice(identity.lastIndexOf('/') + 1);
  return { rule: 'name-unique-in-chart', field: 'metadata.name', type: 'Duplicate', message, value, severity: 'error' };
}
