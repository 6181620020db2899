import type { ImageCommands } from './admission';
import type { AlarmClock } from './clock';
import type { Executor } from './executor';

/** Options of a local cluster. */
export interface LocalClusterOptions {
  /** Where objects without a namespace go. Default `default`. */
  readonly namespace?: string;
  /** What runs in place of an image when the container names no command: program and arguments. */
  readonly imageCommands?: ImageCommands;
  /** Default: containers are processes of this machine. */
  readonly executor?: Executor;
  /** Default: the time of this machine. */
  readonly clock?: AlarmClock;
  /** The seed of names and uids. Default: the start time. */
  readonly seed?: number;
  /**
   * How soon the Job controller looks at what has changed: `quick`, as soon as it can, or `kubernetes`, after gathering for a second.
   * Back-off, deadlines and ttl are the same. Default `quick`; `kubernetes` behind an API server.
   */
  readonly pace?: 'quick' | 'kubernetes';
  /**
   * Queues as Kueue has them, with what their Jobs may ask for together: `{ team: { cpu: '4', memory: '8Gi' } }`. Jobs that name one
   * wait for room, those of higher priority first. Default: none.
   */
  readonly queues?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The value of each WorkloadPriorityClass, with `queues`. Default: there are none. */
  readonly queuePriorities?: Readonly<Record<string, number>>;
  /** Seconds that containers get to end when the cluster is closed. Default 5. */
  readonly closeGraceSeconds?: number;
}
