import { FieldPath } from '../core/field-path';
import type { Finding } from '../core/finding';
import { entryPath } from '../yaml/path-segments';

/** How many levels deep lists and objects may be nested; a manifest has a dozen. */
export const deepestProps = 200;

type Step = string | number | undefined;

/** A place where props cannot be read any further, as the steps that lead to it from their root. */
export interface WayFault {
  readonly steps: readonly Step[];
  /** The steps to the value that occurs there again, within itself; undefined when the props are merely too deep. */
  readonly holder: readonly Step[] | undefined;
}

/**
 * The way from the root of props to the value that is being read. It detects a value that contains itself, which would be read for ever.
 *
 * A value may stand in several places, but not within itself.
 */
export class PropsWay {
  /** The name or the position of the value that is entered next; undefined for a value that takes the place of the last one. */
  public step: Step;
  /** Where reading stopped. */
  public readonly faults: WayFault[] = [];
  private readonly values: object[] = [];
  private readonly steps: Step[] = [];

  /** Enters a value. Returns false, and notes a fault, when reading it would never end. */
  public enter(value: object): boolean {
    const holder = this.values.indexOf(value);
    if (holder >= 0 || this.values.length === deepestProps) {
      this.faults.push({ steps: [...this.steps, this.step], holder: holder < 0 ? undefined : this.steps.slice(0, holder + 1) });
      return false;
    }
    this.values.push(value);
    this.steps.push(this.step);
    this.step = undefined;
    return true;
  }

  /** Returns to the value that holds the one entered last. */
  public leave(): void {
    this.values.pop();
    this.steps.pop();
  }
}

/** Faults of props whose root stands at `root`, as findings. */
export function findingsOf(faults: readonly WayFault[], root: string): Finding[] {
  return faults.map(({ steps, holder }) => ({
    rule: 'props-hold-themselves',
    field: pathOf(steps, root),
    type: 'Invalid',
    message: holder === undefined
      ? `is nested more than ${deepestProps} levels deep: no field of a Job is`
      : `is ${pathOf(holder, root)} itself, so it would never end: write the value that is meant, or leave it out`,
    severity: 'error',
  }));
}

/** The path that steps lead to; a path of endless nesting is cut short. */
function pathOf(steps: readonly Step[], root: string): string {
  let path = FieldPath.root.child(root);
  let parent: string | number = root;
  for (const step of steps.filter((entry) => entry !== undefined).slice(0, 20)) {
    path = typeof step === 'number' ? path.index(step) : entryPath(path, parent, step);
    parent = step;
  }
  return path.toString();
}
