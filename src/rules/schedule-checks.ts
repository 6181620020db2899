/** What is wrong with the text of a schedule, or undefined for one that Kubernetes takes. */
export function findScheduleProblem(_text: string): string | undefined {
  return undefined;
}

/** What is wrong with a time zone: nothing, or a message for each of the checks that it fails. */
export function findTimeZoneProblems(_name: string): readonly string[] {
  return [];
}

/** Whether a schedule names a time zone in its text. */
export function namesTimeZone(text: string): boolean {
  return text.includes('TZ');
}
