import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Dependency, type DependencyGraph, dependencyGraph } from './dependencies';
import { annotationsOf } from '../api/gitops';
import { isJob } from '../api/kinds';
import { afterAnnotation, formatJobNames, type JobName } from '../api/order';
import { formatFinding } from '../core/finding';

/** The apps whose order is written whenever they are validated. */
const kept = new WeakSet<IConstruct>();
/** The graph whose order was written into the objects of an app. */
const done = new WeakMap<IConstruct, DependencyGraph>();

/**
 * Writes the order of the app of an object into its objects whenever it is validated: that comes before it is written. What cannot be
 * written is told.
 */
export function keepOrder({ node: { root } }: IConstruct): void {
  if (kept.has(root)) return;
  kept.add(root);
  root.node.addValidation({
    validate: () => writeOrder(root).abroad.filter(([source]) => holdsJob(source)).map(waitsAbroad),
  });
}

/** Whether a construct is a Job, or holds one. */
function holdsJob(construct: IConstruct): boolean {
  return construct.node.findAll().some((each) => ApiObject.isApiObject(each) && isJob(each));
}

function waitsAbroad([source, target]: Dependency): string {
  const message = `${source.node.path} cannot wait for ${target.node.path}: it is in another app`;
  const field = `metadata.annotations[${afterAnnotation}]`;
  return formatFinding({ rule: 'after-in-one-app', field, type: 'Invalid', message, severity: 'error', hint: 'make both in one app' });
}

/**
 * Writes into every object of an app which Jobs it waits for: Jobs of other libraries and plain ApiObjects count as well.
 *
 * @returns what they wait for.
 */
export function writeOrder({ node: { root } }: IConstruct): DependencyGraph {
  const graph = dependencyGraph(root);
  if (done.get(root) === graph) return graph;
  done.set(root, graph);
  for (const [position, object] of graph.objects.entries()) {
    if (graph.before[position]?.length === 0) continue;
    const jobs = jobsBefore(graph, position);
    if (jobs.length > 0) annotate(object, formatJobNames(jobs.map((job) => nameOf(job, object))));
  }
  return graph;
}

/** The Jobs that an object waits for. What waits for a Job, and is none itself, hands that on: nobody can wait for its end. */
function jobsBefore({ objects, before }: DependencyGraph, position: number): ApiObject[] {
  const jobs = new Set<number>();
  const others = new Set<number>([position]);
  for (const next of others) {
    for (const earlier of before[next] ?? []) {
      const object = objects[earlier];
      if (object !== undefined) (isJob(object) ? jobs : others).add(earlier);
    }
  }
  jobs.delete(position);
  return [...jobs].flatMap((job) => objects[job] ?? []);
}

function nameOf(job: ApiObject, { metadata: { namespace: own } }: ApiObject): JobName {
  const { name, metadata: { namespace } } = job;
  return namespace === undefined || namespace === own ? { name } : { name, namespace };
}

/** What was written into the annotation of an object here, and what stood there before. */
const written = new WeakMap<ApiObject, { readonly text: string; readonly byHand: string }>();

/** Adds names to those that were written by hand. */
function annotate(object: ApiObject, names: string): void {
  const last = written.get(object);
  const now = annotationsOf({ metadata: object.metadata.toJson() as unknown })[afterAnnotation]?.trim() ?? '';
  const byHand = now === last?.text ? last.byHand : now;
  const text = byHand === '' ? names : `${byHand},${names}`;
  written.set(object, { text, byHand });
  if (text !== now) object.metadata.addAnnotation(afterAnnotation, text);
}
