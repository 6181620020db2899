import { type TypeMeta, groupOf, kindMeantBy } from '../api/kinds';
import type { KubernetesObject } from '../port/cluster-port';
import type { Observation } from '../verdict/observation';

/** How many Events are kept for subjects that have not been seen yet. */
const longestWait = 2000;

/**
 * Delivers Events to the subjects that they are about, by UID.
 *
 * Streams are not ordered among each other: an Event may come before the pod that it is about, so Events about unknown objects are kept for
 * a while.
 */
export class EventRouter<Target> {
  private readonly targets = new Map<string, Target>();
  private readonly waiting = new Map<string, Observation[]>();
  private kept = 0;

  public constructor(private readonly deliver: (target: Target, observation: Observation) => void) {}

  /** Names an object whose Events are wanted, and delivers those that have come already. */
  public subject(uid: string, target: Target): void {
    if (this.targets.has(uid)) return;
    this.targets.set(uid, target);
    const waiting = this.waiting.get(uid) ?? [];
    this.waiting.delete(uid);
    this.kept -= waiting.length;
    for (const observation of waiting) this.deliver(target, observation);
  }

  /** Takes in an Event about any object of the namespace. */
  public event(observation: Observation, object: KubernetesObject): void {
    const { uid, ...type } = (object.involvedObject ?? {}) as TypeMeta & { readonly uid?: string };
    if (uid === undefined || !mayBeSubject(type)) return;
    const target = this.targets.get(uid);
    if (target !== undefined) this.deliver(target, observation);
    else this.keep(uid, observation);
  }

  private keep(uid: string, observation: Observation): void {
    const list = this.waiting.get(uid);
    if (list === undefined) this.waiting.set(uid, [observation]);
    else list.push(observation);
    this.kept += 1;
    // The oldest go first: they are most likely about other people's objects.
    for (const [oldest, { length }] of this.waiting) {
      if (this.kept <= longestWait) break;
      this.waiting.delete(oldest);
      this.kept -= length;
    }
  }
}

/** Whether an Event may be about a Job or a pod; whoever wrote it may have left out the version. A Job of another group is not ours. */
function mayBeSubject(type: TypeMeta): boolean {
  return kindMeantBy(type)?.kind === 'Job' || (type.kind === 'Pod' && groupOf(type.apiVersion) === '');
}
