let changes = 0;

/** Notes a change to something that is rendered, of whatever app. */
export function noteChange(): void {
  changes += 1;
}

/** How often anything was changed: as long as it is the same, everything is as it was, but what changes by itself. */
export function changesAnywhere(): number {
  return changes;
}
