import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isJob } from '../api/kinds';
import { afterAnnotation, formatJobNames, type JobName } from '../api/order';

/**
 * The annotation's value for an object of the tree: the Jobs that it, or a scope around it, depends on; undefined when there are none.
 *
 * A dependency on a scope, a chart for example, is one on all Jobs in it. Jobs of other libraries and plain ApiObjects count as well.
 *
 * @param written what the user has written into the annotation; it stays.
 */
export function orderAnnotation(object: ApiObject, written?: unknown): string | undefined {
  let jobs: Set<ApiObject> | undefined;
  for (let scope: IConstruct | undefined = object; scope !== undefined; scope = scope.node.scope) {
    const { dependencies } = scope.node;
    if (dependencies.length > 0) jobs = new Set([...jobs ?? [], ...dependencies.flatMap(jobsIn)]);
  }
  jobs?.delete(object);
  if (jobs === undefined || jobs.size === 0) return undefined;
  const names = formatJobNames([...jobs].map((job) => nameOf(job, object)));
  return typeof written === 'string' && written.trim() !== '' ? `${written},${names}` : names;
}

function jobsIn(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && isJob(construct));
}

function nameOf(job: ApiObject, { metadata: { namespace: own } }: ApiObject): JobName {
  const { name, metadata: { namespace } } = job;
  return namespace === undefined || namespace === own ? { name } : { name, namespace };
}

/** How many objects of ours there were when the others of an app were last looked at. */
const lookedAt = new WeakMap<IConstruct, number>();
/** The objects that write their order themselves. `instanceof` cannot tell: cdk8s takes any ApiObject for one of any class of them. */
const ours = new WeakSet<ApiObject>();
let made = 0;

/** Takes note of a new object of ours: it may bring dependencies of others on it. */
export function noteObject(object: ApiObject): void {
  ours.add(object);
  made += 1;
}

/** Writes the order into the objects of an app that do not do so themselves; once, until there are more objects of ours. */
export function writeOrder(root: IConstruct): void {
  if (lookedAt.get(root) === made) return;
  lookedAt.set(root, made);
  for (const object of root.node.findAll()) {
    if (!ApiObject.isApiObject(object) || ours.has(object)) continue;
    const order = orderAnnotation(object);
    if (order !== undefined) object.metadata.addAnnotation(afterAnnotation, order);
  }
}
