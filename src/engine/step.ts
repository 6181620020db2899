import type { Event, Step, World } from './world';
import type { Instant } from '../core/time';

/** What comes of one event at one time: the only way in. Still empty. */
export function step(world: World, event: Event, now: Instant): Step {
  void event;
  void now;
  return { world, actions: [] };
}
