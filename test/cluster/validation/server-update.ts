import type { KubeApi } from '../kube-api';
import { onlyGenerated } from './only-generated';
import { answerOf, pluralOf, type ValidationAnswer } from './server-answer';

/**
 * Asks what the server says about a change from `old` to `manifest`, both JSON.
 *
 * `old` is really created, so that it needs an empty namespace; undefined when the server refuses it.
 */
export async function askServerOfUpdate(
  api: KubeApi, namespace: string, old: string, manifest: string,
): Promise<ValidationAnswer | undefined> {
  const collection = `/apis/batch/v1/namespaces/${namespace}/${pluralOf(old)}`;
  const { status, body } = await api.requestText('POST', collection, old);
  if (status !== 201) return undefined;
  const { metadata: { name } } = body as { metadata: { name: string } };
  const { status: oldStatus } = JSON.parse(old) as { status?: object };
  if (oldStatus !== undefined) {
    await api.mustRequest('PATCH', `${collection}/${name}/status`, { status: oldStatus }, { 'content-type': 'application/merge-patch+json' });
  }
  const next = withGeneratedFields(JSON.parse(manifest) as JobLike, body as JobLike);
  return answerOf(api, 'PUT', `${collection}/${name}?dryRun=All&fieldValidation=Strict`, JSON.stringify(next));
}

interface JobLike {
  readonly kind: string;
  readonly spec?: { readonly selector?: object; readonly template?: TemplateLike };
}

interface TemplateLike {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
}

/** The fields that the server generates for a Job, carried over as somebody does who reads, changes and writes. */
function withGeneratedFields(next: JobLike, stored: JobLike): JobLike {
  if (stored.kind !== 'Job') return next;
  const { selector, template } = stored.spec ?? {};
  const nextMetadata = next.spec?.template?.metadata;
  const metadata = { ...nextMetadata, labels: { ...onlyGenerated(template?.metadata?.labels), ...nextMetadata?.labels } };
  return { ...next, spec: { selector: selector ?? {}, ...next.spec, template: { ...next.spec?.template, metadata } } };
}
