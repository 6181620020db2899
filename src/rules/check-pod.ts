import { type FieldPath } from '../core/field-path';
import { type Decoded } from '../spec/decoded';
import { type PodTemplateSpec } from '../spec/kubernetes';
import { type Scope } from './rule';

/** Checks the pod template of a Job. */
export function checkPodTemplate(template: Decoded<PodTemplateSpec>, scope: Scope, at: FieldPath): void {
  void template; void scope; void at;
}
