import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Finding } from '../core/finding';
import { asFields } from '../spec/to-manifest';

/** Who has which name in each chart. */
const charts = new WeakMap<object, Map<string, IConstruct>>();

/**
 * The name that an object has for itself in its chart: of two objects of one name `kubectl apply` leaves the one that comes last.
 *
 * Charts of one app may go to different clusters, so the same name in two charts is no mistake. One object costs one look-up.
 */
export class UniqueName {
  private identity: string | undefined;
  /** The names of the owner's chart, once they were needed: cdk8s asks every object once for every chart. */
  private names: Map<string, IConstruct> | undefined;

  public constructor(private readonly owner: IConstruct, private readonly kind: string) {}

  /** Notes the name that the object is rendered with, and lets go of the one it had. */
  public note(manifest: unknown): void {
    const { name, namespace } = asFields(asFields(manifest).metadata);
    const identity = typeof name === 'string' && name !== '' ? [this.kind, String(namespace ?? ''), name].join('/') : undefined;
    if (identity === this.identity) return;
    const names = this.names ??= namesOf(this.owner);
    if (this.identity !== undefined && names.get(this.identity) === this.owner) names.delete(this.identity);
    this.identity = identity;
  }

  /** The finding when another object of the chart had the name first; else the name is taken. */
  public findTwin(): Finding | undefined {
    const { identity, owner } = this;
    if (identity === undefined) return undefined;
    const names = this.names ??= namesOf(owner);
    const first = names.get(identity);
    if (first === owner) return undefined;
    if (first !== undefined && isAttached(first)) return nameTaken(identity, first);
    names.set(identity, owner);
    return undefined;
  }
}

function namesOf(construct: IConstruct): Map<string, IConstruct> {
  const chart = Chart.of(construct);
  const names = charts.get(chart) ?? new Map<string, IConstruct>();
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
