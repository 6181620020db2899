import { findBatchKindFaults } from './decode/batch-kind';
import { decodeObject } from './decode/decode';
import { decodeRules, typeName } from './decode/decode-rules';
import { shapeOf } from './decode/shapes';
import { Scope } from './rule/rule';
import { type ApiServer } from '../api/api-server';
import { type Decoded } from '../api/decoded';
import { isKindName } from '../api/kinds';
import { type CronJob, type Job } from '../api/kubernetes';
import { FieldPath } from '../core/field-path';

/** A decoded object with its scope; `object` is missing when nothing can be said beyond its findings. */
export interface Admission {
  readonly scope: Scope;
  readonly object: Decoded<Job> & Decoded<CronJob> | undefined;
}

/** Decodes a manifest of any kind. */
export function admit(manifest: unknown, server: ApiServer): Admission {
  try {
    const kind = typeof manifest === 'object' && manifest !== null && 'kind' in manifest ? manifest.kind : undefined;
    const scope = new Scope(server, isKindName(kind) ? kind : 'Job');
    if (!isJobOrCronJob(manifest, scope)) return { scope, object: undefined };
    const object = decodeObject(manifest, shapeOf(`v1.${scope.kind}`, server), scope);
    return { scope, object: scope.findings.some(({ type }) => type === 'Decode') ? undefined : object };
  } catch (error) {
    // Only a getter or a proxy of the manifest itself can throw here.
    const scope = new Scope(server, 'Job');
    scope.check(decodeRules.kind, { value: undefined, field: '', problem: `cannot be read: ${describe(error)}` }, FieldPath.root);
    return { scope, object: undefined };
  }
}

function isJobOrCronJob(manifest: unknown, scope: Scope): boolean {
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    const problem = `expected an object with apiVersion and kind, not ${typeName(manifest)}`;
    scope.check(decodeRules.kind, { value: undefined, field: '', problem }, FieldPath.root);
    return false;
  }
  const { apiVersion, kind } = manifest as { readonly apiVersion?: unknown; readonly kind?: unknown };
  const faults = findBatchKindFaults(apiVersion, kind);
  for (const { value, field, problem } of faults) scope.check(decodeRules.kind, { value, field, problem }, FieldPath.root);
  return faults.length === 0;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : 'it throws';
}
