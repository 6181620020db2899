import type { ApiObject } from 'cdk8s';
import { annotationsOf } from '../../api/gitops';

type Annotations = Readonly<Record<string, string>>;

/** An object that knows whether its annotations may have changed. */
interface KnowsAnnotations {
  readonly renderedAnnotations: () => Annotations;
}

/** The annotations of an object, and what they were rendered from. */
const rendered = new WeakMap<ApiObject, { readonly from: string; readonly annotations: Annotations }>();

/**
 * The annotations of an object as they will be written; none for one that cannot be rendered, which its own validation says.
 *
 * It is rendered only when its metadata has changed, or it has more patches.
 */
export function annotationsWritten(object: ApiObject): Annotations {
  try {
    if (knowsAnnotations(object)) return object.renderedAnnotations();
    const from = fingerprint(object);
    const last = rendered.get(object);
    if (last !== undefined && last.from === from) return last.annotations;
    const annotations = annotationsOf(object.toJson());
    if (from !== undefined) rendered.set(object, { from, annotations });
    return annotations;
  } catch {
    return {};
  }
}

function knowsAnnotations(object: ApiObject): object is ApiObject & KnowsAnnotations {
  return typeof (object as Partial<KnowsAnnotations>).renderedAnnotations === 'function';
}

/** What annotations are made from; undefined where cdk8s keeps its patches elsewhere. */
function fingerprint(object: ApiObject): string | undefined {
  const { patches } = object as unknown as { readonly patches?: unknown };
  return Array.isArray(patches) ? `${patches.length} ${JSON.stringify(object.metadata.toJson())}` : undefined;
}
