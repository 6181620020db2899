import type { Instant } from '../core/time';
import type { World } from '../engine/world';

/** A world, and when it came to be. */
interface Moment {
  readonly world: World;
  readonly at: Instant;
}

/** How long a world is kept after the next one, in milliseconds: as long as the API server keeps versions in etcd. */
const keptMs = 5 * 60_000;
/** How many worlds are kept, whatever their age. */
const mostKept = 20_000;

/**
 * The worlds of the last minutes, for lists as they were: a world is a value, so that keeping it costs what has changed since.
 *
 * @source staging/src/k8s.io/apiserver/pkg/storage/etcd3/compact.go compactor (v1.37)
 */
export class WorldHistory {
  private moments: Moment[] = [];
  /** How many of `moments` are too old. */
  private head = 0;
  /** The newest version that is not kept. */
  private forgotten = 0;

  /** Takes in the newest world. */
  public add(world: World, now: Instant): void {
    if (this.moments.at(-1)?.world.version === world.version) return;
    this.moments.push({ world, at: now });
    this.drop(now);
  }

  /** The first world that has a version, the newest when that is still to come; undefined when it is too old. */
  public at(version: number, now: Instant): World | undefined {
    this.drop(now);
    if (version <= this.forgotten) return undefined;
    let low = this.head;
    for (let high = this.moments.length - 1; low < high;) {
      const middle = Math.floor((low + high) / 2);
      if ((this.moments[middle]?.world.version ?? 0) < version) low = middle + 1;
      else high = middle;
    }
    return this.moments[low]?.world;
  }

  /** Drops what was replaced too long ago; the newest world stays. */
  private drop(now: Instant): void {
    for (let next = this.moments[this.head + 1]; next !== undefined; next = this.moments[this.head + 1]) {
      if (next.at > now - keptMs && this.moments.length - this.head <= mostKept) break;
      this.forgotten = this.moments[this.head]?.world.version ?? 0;
      this.head += 1;
    }
    if (this.head * 2 <= this.moments.length) return;
    this.moments = this.moments.slice(this.head);
    this.head = 0;
  }
}
