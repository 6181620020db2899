import { embeddedManifest, hasBraces } from './embedded-manifest';
import { namespaceOf, withoutFixedName } from './exported-job';
import { isJob } from '../api/kinds';
import { given } from '../core/given';
import { asObject, type JsonObject } from '../core/json';
import { orderOf } from '../rules/order';

/** How a Workflow is called, and who it is. */
interface WorkflowOptions {
  /** The name; a Workflow gets a random end behind it. Default: `jobs`. */
  readonly name?: string;
  /** Whether it is a WorkflowTemplate, which is submitted again and again. Default: no. */
  readonly isTemplate?: boolean;
  /** The service account of its pods, which must be allowed to create and get Jobs. Default: that of the namespace. */
  readonly serviceAccount?: string;
}

/** A Workflow that runs Jobs, and the objects that must be there before. */
interface ExportedWorkflow {
  readonly workflow: JsonObject;
  /** The objects that wait for nothing, as they are. */
  readonly before: readonly object[];
}

/** Only a Job that is Complete has it. */
const successCondition = 'status.completionTime';

/**
 * One of these is true of a Job that has failed, or is about to. Requirements are or-ed; a condition of suspension may stand before.
 *
 * @source workflow/executor/resource.go matchConditions (Argo Workflows v4.0.5)
 */
const failureCondition = [0, 1, 2, 3].map((index) => `status.conditions.${index}.type in (FailureTarget,Failed)`).join(',');

const apiVersion = 'argoproj.io/v1alpha1';

/** A Workflow that creates each Job when those are Complete that it waits for; only what waits for a failed one does not start. */
export function argoWorkflow(objects: readonly object[], options: WorkflowOptions = {}): ExportedWorkflow {
  const { name = 'jobs', isTemplate = false, serviceAccount } = options;
  const { before } = orderOf(objects);
  const steps = objects.flatMap((object, position) => (isJob(object) || before[position]?.length !== 0 ? [position] : []));
  const names = stepNames(objects, steps);
  const tasks = steps.map((position) => {
    const step = names.get(position);
    const depends = [...new Set(before[position])].map((earlier) => `${names.get(earlier) ?? ''}.Succeeded`).join(' && ');
    return { name: step, template: step, ...depends === '' ? {} : { depends } };
  });
  const entrypoint = freeName('dag', new Set(names.values()));
  const namespace = objects.filter((object) => isJob(object)).map(namespaceOf)[0] ?? '';
  const workflow = {
    apiVersion,
    kind: isTemplate ? 'WorkflowTemplate' : 'Workflow',
    metadata: { ...isTemplate ? { name } : { generateName: `${name}-` }, ...namespace === '' ? {} : { namespace } },
    spec: {
      entrypoint,
      ...given({ serviceAccountName: serviceAccount }),
      templates: [
        { name: entrypoint, dag: { failFast: false, tasks } },
        ...steps.map((position) => ({ name: names.get(position), ...stepOf(objects[position] ?? {}, namespace) })),
      ],
    },
  };
  return { workflow, before: objects.filter((_, position) => !steps.includes(position)) };
}

function stepOf(object: object, namespace: string): JsonObject {
  if (!isJob(object)) return { resource: { action: 'apply', manifest: embeddedManifest(object) } };
  const job = withoutFixedName(object, namespace);
  // Argo writes the manifest anew to set an owner, and then takes braces in it for parameters.
  const owned = hasBraces(object) ? { manifest: withOwner(job) } : { setOwnerReference: true, manifest: embeddedManifest(job) };
  return {
    resource: { action: 'create', ...owned, successCondition, failureCondition },
    outputs: { parameters: [{ name: 'job', valueFrom: { jsonPath: '{.metadata.name}' } }] },
  };
}

/** The only parameters in the text: Argo fills them in, and the Job goes when the Workflow goes. */
function withOwner(job: object): string {
  const mark = 'CDK8S-JOBS-WORKFLOW';
  const owner = { apiVersion, kind: 'Workflow', name: `${mark}-NAME`, uid: `${mark}-UID`, controller: true, blockOwnerDeletion: true };
  const metadata = asObject(asObject(job).metadata);
  const text = embeddedManifest({ ...job, metadata: { ...metadata, ownerReferences: [owner] } });
  return text.replace(`${mark}-NAME`, '"{{workflow.name}}"').replace(`${mark}-UID`, '"{{workflow.uid}}"');
}

/** Names of tasks have no dots, and begin with a letter where one waits for another. */
function stepNames(objects: readonly object[], steps: readonly number[]): ReadonlyMap<number, string> {
  const taken = new Set<string>();
  return new Map(steps.map((position) => {
    const { kind, metadata } = asObject(objects[position]);
    const { name, generateName } = asObject(metadata);
    const base = String(name ?? generateName ?? kind).replaceAll('.', '-').replace(/-+$/, '').slice(0, 100);
    const isPlain = kind === 'Job' && !/^\d/.test(base);
    const free = freeName(isPlain ? base : `${String(kind).toLowerCase()}-${base}`, taken);
    taken.add(free);
    return [position, free];
  }));
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
  return free;
}
