import { type Delivery } from './delivery';
import { type Decoded } from '../../api/decoded';
import { type ArgoCdMarks, argoCdAnnotations, type FluxMarks, annotationsOf } from '../../api/gitops';
import { type CronJob, type Job } from '../../api/kubernetes';
import { baseNameAnnotation } from '../../api/labels';
import { type FaultType, type Severity } from '../../core/finding';
import { valueAt } from '../../core/json';
import { type Rule, type RuleExamples } from '../rule/rule';
import { inCronJob, inJob } from '../rule/wrap';

/** A Job or CronJob as it is committed, before the API server fills anything in. */
export type CommittedJob = Decoded<Job> & Decoded<CronJob>;

/** What rules of both tools look at. */
interface Target {
  readonly object: CommittedJob;
  readonly isJob: boolean;
  readonly delivery: Delivery;
  /** Whether the API server refuses the object with HTTP 422. */
  readonly isRefused: boolean;
}

/** What rules of Argo CD look at. */
export interface ArgoCdTarget extends Target {
  readonly marks: ArgoCdMarks;
}

/** What rules of Flux look at. */
export interface FluxTarget extends Target {
  readonly marks: FluxMarks;
}

/** Where a value stands: field names, and last the key of an annotation or label. */
type Place = { readonly field: string } | { readonly annotation: string };

/** A rule about how a tool applies what is in Git. */
type Entry<Of> = Place & {
  readonly id: string;
  readonly type: FaultType;
  readonly severity: Severity;
  readonly message: string;
  /** The measured cases. */
  readonly cases: string;
  readonly examples: RuleExamples;
  /** Whether the target breaks the rule: `true`, or with a text the message that fits it. */
  readonly fault: (target: Of) => string | boolean;
};

/** Makes a rule that blames one place for what a target says as a whole. */
export function gitOpsRule<Of extends Target>({ cases, fault, ...entry }: Entry<Of>): Rule<Of> {
  const { id, type, severity, message, examples } = entry;
  const path = 'field' in entry ? entry.field.split('.') : ['metadata', 'annotations', entry.annotation];
  return {
    id,
    type,
    severity,
    message,
    examples,
    field: 'field' in entry ? entry.field : `metadata.annotations[${entry.annotation}]`,
    source: sourceOf(cases),
    finds: (target, scope) => {
      const found = fault(target);
      if (found === false) return;
      const place = 'field' in entry ? scope.at.child(...path) : scope.at.child('metadata', 'annotations').key(entry.annotation);
      scope.report(valueAt(target.object, path), place, found === true ? undefined : found);
    },
  };
}

/** The source of a rule that was measured. */
export function sourceOf(cases: string): string {
  return `docs/gitops-cases.md ${cases}`;
}

/** The source of a group whose rules each name their own. */
export const measured = 'docs/gitops-cases.md';

/** An example of these rules. */
interface Example {
  readonly kind?: 'CronJob';
  /** Changes to the spec. */
  readonly spec?: object;
  /** What else is committed with it. */
  readonly beside?: readonly object[];
  readonly [metadata: string]: unknown;
}

/** A Job or CronJob in Git, by metadata and spec, and what stands beside it: a List. */
export function inGit(example: object): object {
  const { kind, spec = {}, beside = [], ...metadata } = example as Example;
  const object = kind === 'CronJob' ? inCronJob(spec) : inJob(spec);
  const name = 'generateName' in metadata ? {} : { name: 'demo' };
  return { apiVersion: 'v1', kind: 'List', items: [{ ...object, metadata: { ...name, ...metadata } }, ...beside] };
}

/** An Application of Argo CD for examples. */
export function application(syncPolicy: object, others: object = {}): object {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'web' }, spec: { ...others, syncPolicy } };
}

/** A Kustomization of Flux for examples. */
export function kustomization(spec: object, name = 'web'): object {
  return { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name }, spec };
}

/** An object that both tools apply without further ado. */
export const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };

/**
 * Whether the name changes with the content: it is noted as such, or ends with what looks like a hash or the id of a commit. That is six
 * hexadecimal digits or more, a letter and a number among them, or ten letters and numbers with a letter between two numbers.
 */
export function hasHashName(object: CommittedJob): boolean {
  if (annotationsOf(object)[baseNameAnnotation] !== undefined) return true;
  const end = /-([0-9a-z]{6,})$/.exec(object.metadata?.name ?? '')?.[1] ?? '';
  if (/^[0-9a-f]+$/.test(end)) return /[0-9]/.test(end) && /[a-f]/.test(end);
  return end.length >= 10 && /[0-9][a-z]+[0-9]/.test(end);
}

/** Whether a later wave, or a PostSync hook, waits for the Job. */
export function isInWave({ object, marks, delivery, isJob }: ArgoCdTarget): boolean {
  if (!isJob || marks.isHook || marks.isSkipped) return false;
  if (delivery.lastWave > marks.wave) return true;
  const isMarked = annotationsOf(object)[argoCdAnnotations.syncWave] !== undefined;
  // A wave that is written down is meant for something, even where that is in other files.
  return isMarked && (marks.wave < 0 || (delivery.otherResources ?? 0) === 0);
}
