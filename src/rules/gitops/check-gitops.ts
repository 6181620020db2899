import { argoCdRules } from './argocd';
import { argoCdHookRules } from './argocd-hooks';
import { argoCdValueRules } from './argocd-values';
import { type Delivery, unknownDelivery } from './delivery';
import { fluxRules } from './flux';
import { type CommittedJob } from './target';
import { type GitOpsTool, readArgoCdMarks, readFluxMarks } from '../../api/gitops';
import { FieldPath } from '../../core/field-path';
import { type Scope } from '../rule/rule';

/** An object as it is committed, and the tool that applies it. */
export interface WrittenObject {
  readonly tool: GitOpsTool;
  readonly object: CommittedJob;
}

/** Looks for what goes wrong when a tool applies the object from Git; what the API server says of it is in the scope already. */
export function checkGitOps({ tool, object }: WrittenObject, scope: Scope, delivery: Delivery = unknownDelivery): void {
  const isRefused = scope.findings.some(({ severity, type }) => severity === 'error' && type !== 'Unknown');
  const target = { object, isJob: scope.kind === 'Job', delivery, isRefused };
  if (tool === 'flux') {
    const marks = readFluxMarks(object);
    for (const group of Object.values(fluxRules)) scope.check(group, { ...target, marks }, FieldPath.root);
    return;
  }
  const marks = readArgoCdMarks(object);
  for (const group of Object.values({ ...argoCdValueRules, ...argoCdRules, ...argoCdHookRules })) {
    scope.check(group, { ...target, marks }, FieldPath.root);
  }
}
