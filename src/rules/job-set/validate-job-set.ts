import { jobSetAdviceRules } from './advice';
import { jobSetFailureRules } from './failure-rules';
import { jobSetSchemaRules } from './schema';
import { jobSetWebhookRules } from './webhook';
import type { ApiServer } from '../../api/api-server';
import type { Decoded } from '../../api/decoded';
import { childJobName, type JobSetObject, jobSetVersion } from '../../api/job-set';
import { checkStartingLabel } from '../../api/names';
import { FieldPath } from '../../core/field-path';
import type { Finding } from '../../core/finding';
import { given } from '../../core/given';
import { asObject, isObject, type JsonObject } from '../../core/json';
import { checkFinalizers, checkMetadata, checkNames } from '../check-job';
import { decodeObject } from '../decode/decode';
import { decodeRules } from '../decode/decode-rules';
import { shapeOf } from '../decode/shapes';
import { nameFor } from '../prepare';
import { mergeRepeats } from '../rule/merge-repeats';
import { Scope } from '../rule/rule';

const root = FieldPath.root;
const specPath = root.child('spec');

/**
 * What is said of a JobSet: by the API server's schema, by the webhook of the JobSet controller, and by the API server of each Job that the
 * controller will make of it, at the place of its template. The schema does not look into the templates: without this, their faults only
 * show as Events of a JobSet that makes no Jobs.
 *
 * @param judge what is said of a Job.
 */
export function validateJobSet(manifest: JsonObject, server: ApiServer, judge: (job: unknown) => readonly Finding[]): Finding[] {
  const scope = new Scope(server, 'Job');
  findKindFaults(manifest, scope);
  if (scope.errors > 0) return scope.findings;
  const object = decodeObject(manifest, shapeOf('jobset.JobSet', server), scope) as Decoded<JobSetObject>;
  if (scope.findings.some(({ type }) => type === 'Decode')) return scope.findings;
  checkJobSet(object, scope);
  const { name = '' } = object.metadata ?? {};
  const blamed = new Set(scope.findings.map(({ field }) => field));
  const ofJobs = (object.spec?.replicatedJobs ?? []).flatMap((entry, position) => {
    if (entry.template === undefined) return [];
    const longest = childJobName(name, entry.name ?? '', (entry.replicas ?? 1) - 1);
    // A name that cannot be is the webhook's matter.
    const job = childJob(entry.template, checkStartingLabel(longest).length === 0 ? longest : 'job');
    return judge(job).map((finding) => inTemplate(finding, position)).filter(({ field }) => !blamed.has(field));
  });
  return mergeRepeats([...scope.findings, ...ofJobs], server.minor);
}

function findKindFaults({ apiVersion, kind }: JsonObject, scope: Scope): void {
  const blame = (field: string, value: unknown, problem: string): void => scope.check(decodeRules.kind, { field, value, problem }, root);
  if (apiVersion !== jobSetVersion) blame('apiVersion', apiVersion, `there is no such version of JobSet: write ${jobSetVersion}`);
  if (kind !== 'JobSet') blame('kind', kind, 'there is no such kind in the group jobset.x-k8s.io: it has JobSet');
}

function checkJobSet(object: Decoded<JobSetObject>, scope: Scope): void {
  const metadata = object.metadata ??= {};
  const { name = '', generateName = '' } = metadata;
  if (name === '' && generateName !== '') metadata.name = nameFor(generateName);
  checkNames(metadata, scope);
  checkMetadata(metadata, scope);
  checkFinalizers(metadata, scope);
  const spec = object.spec ??= {};
  scope.check(jobSetSchemaRules.schema, spec, specPath);
  scope.check(jobSetWebhookRules.entries, object, root);
  scope.check(jobSetWebhookRules.set, object, root);
  scope.check(jobSetFailureRules.rules, spec, specPath);
  scope.check(jobSetAdviceRules.advice, spec, specPath);
}

/**
 * The Job that the controller makes of a template, as far as rules look at it: Indexed and restarted on failure where it says nothing.
 *
 * @source sigs.k8s.io/jobset pkg/controllers/jobset_controller.go constructJob, pkg/webhooks/jobset_webhook.go Default (JobSet v0.11.1)
 */
function childJob(template: unknown, name: string): unknown {
  if (!isObject(template)) return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: template };
  const { metadata, spec, ...unknown } = template;
  return {
    ...unknown,
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: isObject(metadata) || metadata === undefined ? { ...metadata, name } : metadata,
    spec: isObject(spec) ? withDefaults(spec) : spec,
  };
}

function withDefaults(spec: JsonObject): JsonObject {
  const { template } = spec;
  const pod = asObject(template).spec;
  const restarted = isObject(template) && isObject(pod) && isEmpty(pod.restartPolicy)
    ? { ...template, spec: { ...pod, restartPolicy: 'OnFailure' } }
    : template;
  return { ...spec, completionMode: spec.completionMode ?? 'Indexed', template: restarted };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** A finding of a Job at the place in the JobSet that it comes from. */
function inTemplate(finding: Finding, position: number): Finding {
  const at = `spec.replicatedJobs[${position}]`;
  const { field, message, hint } = finding;
  const placed = (text: string): string => text.replace(/(?<=did you mean |unknown field "|duplicate field ")(?:spec|metadata)\./, (first) => `${at}.template.${first}`);
  return {
    ...finding,
    field: field === 'metadata.name' ? `${at}.name` : field === '' ? `${at}.template` : `${at}.template.${field}`,
    message: placed(message),
    ...given({ hint: hint === undefined ? undefined : placed(hint) }),
  };
}
