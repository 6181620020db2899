/** An object of a document: the document itself, or an item of a list. */
export interface ListedObject {
  readonly value: unknown;
  /** What stands before the object's own paths: empty, or `items[2].`. */
  readonly pathPrefix: string;
}

/**
 * The objects of a document as kubectl sees them: a list is its items, whatever its kind; items of an `XxxList` are of kind `Xxx`.
 *
 * @source staging/src/k8s.io/cli-runtime/pkg/resource/visitor.go FlattenListVisitor (v1.37)
 */
export function expandLists(value: unknown): ListedObject[] {
  if (!isObject(value) || !Array.isArray(value.items)) return [{ value, pathPrefix: '' }];
  const { apiVersion, kind, items } = value;
  const itemKind = typeof kind === 'string' && kind.endsWith('List') && kind !== 'List' ? kind.slice(0, -'List'.length) : undefined;
  return items.map((item: unknown, position) => ({
    value: isObject(item) && itemKind !== undefined ? { apiVersion, kind: itemKind, ...item } : item,
    pathPrefix: `items[${position}].`,
  }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
