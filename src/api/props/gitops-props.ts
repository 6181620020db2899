/** The mark for which a Job runs again. */
export interface RerunMark {
  /**
   * Any text, such as the tag of a release: each new one runs the Job again, whether its content has changed or not.
   *
   * Shape: not empty.
   */
  readonly on: string;
}

/** When a Job of Git runs again: when its content changes, or for each new mark too. */
export type Rerun = 'on-change' | RerunMark;
