/** What becomes of a Job or CronJob when a change is applied from Git; what needs a reader's eye comes first. */
export const outcomes = ['refused', 'runs again', 'removed', 'new', 'in place', 'unchanged'] as const;

/** What becomes of a Job or CronJob when a change is applied from Git. */
export type Outcome = (typeof outcomes)[number];
