import type { RandomChange } from './changes';
import { onlyGenerated } from './only-generated';
import { answerOf, pluralOf, type ValidationAnswer } from './server-answer';
import type { KubeApi } from '../kube-api';

/** A change of a live object, and what the server says of it. */
export interface AnsweredChange {
  /** The object as the server returns it, with status. */
  readonly before: object;
  /** The whole object that it is to be replaced by. */
  readonly after: object;
  readonly server: ValidationAnswer;
}

type Labelled = { metadata?: { labels?: object } };
type Live = { kind: string; metadata: { name: string; uid: string }; spec: { selector?: object; template: Labelled } };

/**
 * Creates the old object, sets its status, asks for the change without making it, and deletes the object.
 *
 * Undefined when the server refuses the old object.
 */
export async function askServerOfChange(
  api: KubeApi, namespace: string, { old, status, manifest }: RandomChange,
): Promise<AnsweredChange | undefined> {
  const collection = `/apis/batch/v1/namespaces/${namespace}/${pluralOf(old)}`;
  const created = await api.requestText('POST', collection, old).catch(() => undefined);
  if (created?.status !== 201) return undefined;
  let before = created.body as Live;
  const path = `${collection}/${before.metadata.name}`;
  try {
    if (status !== undefined) {
      const patched = await api.request('PATCH', `${path}/status`, { status }, { 'content-type': 'application/merge-patch+json' });
      if (patched.status !== 200) return undefined;
      before = patched.body as Live;
    }
    const after = withGenerated(JSON.parse(manifest) as Partial<Live>, before);
    return { before, after, server: await answerOf(api, 'PUT', `${path}?dryRun=All&fieldValidation=Strict`, JSON.stringify(after)) };
  } finally {
    await api.request('DELETE', `${path}?propagationPolicy=Background`);
  }
}

/** The new form with what the server had generated, as somebody sends it who reads, changes and writes. */
function withGenerated(next: Partial<Live>, before: Live): object {
  const metadata = isObject(next.metadata) ? { ...next.metadata, uid: before.metadata.uid } : next.metadata;
  if (before.kind !== 'Job' || !isObject(next.spec)) return { ...next, metadata };
  const spec = { selector: before.spec.selector, ...next.spec };
  const { template } = spec;
  if (!isObject(template)) return { ...next, metadata, spec };
  const own = isObject(template.metadata) ? template.metadata : {};
  const labels = { ...onlyGenerated(before.spec.template.metadata?.labels), ...isObject(own.labels) ? own.labels : {} };
  return { ...next, metadata, spec: { ...spec, template: { ...template, metadata: { ...own, labels } } } };
}

function isObject<Value>(value: Value): value is Value & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
