import type { AlarmClock } from './clock';
import type { KubernetesObject, PodName } from '../port/cluster-port';

/** How long the output of a pod can be read after the pod is gone: a minute, in milliseconds of the cluster's time. */
const lingerMs = 60_000;

/**
 * Pods that were deleted a moment ago, whose output can still be read.
 *
 * A pod here may live for a few milliseconds, less than its readers need to ask for its log; on a real cluster it takes seconds to come and
 * go.
 */
export class DepartedPods {
  private readonly pods = new Map<string, { readonly pod: KubernetesObject; readonly cancel: () => void }>();

  /** `forget` is called with the uid of each pod that is forgotten. */
  public constructor(private readonly clock: AlarmClock, private readonly forget: (uid: string) => void) {}

  /** Adds a pod that has just been deleted; an earlier pod of the same name is forgotten. */
  public add(pod: KubernetesObject): void {
    const { namespace = '', name = '' } = pod.metadata ?? {};
    const key = keyOf({ namespace, name });
    this.drop(key);
    this.pods.set(key, { pod, cancel: this.clock.alarm(this.clock.now() + lingerMs, () => this.drop(key)) });
  }

  /** The pod with a name, if it was deleted within the last minute. */
  public find(pod: PodName & { readonly namespace: string }): KubernetesObject | undefined {
    return this.pods.get(keyOf(pod))?.pod;
  }

  /** Forgets all of them. */
  public close(): void {
    for (const key of [...this.pods.keys()]) this.drop(key);
  }

  private drop(key: string): void {
    const departed = this.pods.get(key);
    if (departed === undefined) return;
    this.pods.delete(key);
    departed.cancel();
    this.forget(departed.pod.metadata?.uid ?? '');
  }
}

function keyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}
