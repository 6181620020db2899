import { type Rule } from '../rule/rule';

/** Where advice comes from. */
export const adviceSource = 'advice of cdk8s-jobs: the API server says nothing';

/** A rule that the API server does not have. */
export function advice<Target>(rule: Omit<Rule<Target>, 'type' | 'severity'>): Rule<Target> {
  return { ...rule, type: 'Invalid', severity: 'advice' };
}
