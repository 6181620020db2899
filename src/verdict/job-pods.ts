import type { History } from './history';
import { KeptSum } from './kept-sum';
import { byCreation, type PodFacts } from './pod-facts';
import type { Waits } from './pod-waits';
import { addPods, noPods, type PodsSum, sumOfPod } from './pods-sum';
import { nothing, withEntry } from './sparse-map';

/** The pods of one Job, and what they come to: a Job may have a hundred thousand, and is judged at each change of one. */
export class JobPods {
  /** When the last of them was first seen. */
  public lastSeenAt = -Infinity;
  private readonly pods: PodFacts[] = [];
  private readonly kept = new KeptSum(addPods);
  private newest: ReadonlyMap<number, PodFacts> = nothing;
  /** The places of those that have changed since they were last summed up. */
  private changed: number[] = [];
  private until = Infinity;
  private sorted: readonly PodFacts[] | undefined;

  public constructor(private readonly history: Pick<History, 'eventsOf'>) {}

  /** Takes in a pod that was not seen before, and gives it its place. */
  public add(pod: PodFacts): number {
    this.sorted = undefined;
    this.lastSeenAt = Math.max(this.lastSeenAt, pod.seenAt);
    const { index } = pod;
    const before = index === null ? undefined : this.newest.get(index);
    const isNewest = before === undefined || byCreation(before, pod) <= 0;
    if (index !== null && isNewest) this.newest = withEntry(this.newest, index, pod);
    return this.pods.push(pod) - 1;
  }

  /** Takes note that a pod has changed, or what is known of it. */
  public note(place: number): void {
    this.changed.push(place);
  }

  /** All, as they were created, within a second as they were first seen: a list has them by name. */
  public get all(): readonly PodFacts[] {
    return this.sorted ??= [...this.pods].sort(byCreation);
  }

  /** What they come to. */
  public get sum(): PodsSum {
    const places = [...new Set(this.changed)].sort((one, other) => one - other);
    this.changed = [];
    this.kept.set(places, (place) => this.sumOf(place));
    return this.kept.total ?? noPods;
  }

  /** What they waited for at a moment. */
  public waits(until: number): Waits | undefined {
    // Once: when the Job gives up.
    if (until !== this.until) this.changed = [...this.pods.keys()];
    this.until = until;
    return this.sum.waits;
  }

  /** The pod of a completion index that was created last. */
  public newestOf(index: number): PodFacts | undefined {
    return this.newest.get(index);
  }

  private sumOf(place: number): PodsSum {
    const pod = this.pods[place];
    return pod === undefined ? noPods : sumOfPod(pod, this.history.eventsOf(pod.uid), this.until);
  }
}
