import { kindInBatch } from '../api/kinds';
import { completionIndexAnnotation, controllerUidLabel, jobNameLabel, legacyControllerUidLabel, legacyJobNameLabel } from '../api/labels';
import type { Finding } from '../core/finding';
import { asObject, type JsonObject, valueAt } from '../core/json';

/** What keeps pods from being found by their host names. */
interface PeerFault {
  /** The position of the object: a Job, a CronJob or a Service. */
  readonly position: number;
  readonly finding: Finding;
}

/** The template of the pods of an Indexed Job. */
interface Indexed {
  readonly position: number;
  readonly namespace: string;
  /** Where the template's spec is in its object. */
  readonly path: string;
  readonly subdomain: string;
  /** The labels that its pods have, as far as they are known; null stands for a value that is made in the cluster. */
  readonly labels: Readonly<Record<string, string | null>>;
}

/** A Service with a selector. */
interface Selecting {
  readonly position: number;
  readonly name: string;
  readonly namespace: string;
  readonly isHeadless: boolean;
  readonly isForUnready: boolean;
  readonly selector: JsonObject;
}

/**
 * Whether the pods of Indexed Jobs can be found by their host names: `JOB-INDEX.SUBDOMAIN` needs a headless Service of that name, in the
 * namespace of the Job, that selects its pods. The API server takes each object by itself.
 *
 * @param defaultNamespace where objects without a namespace go.
 */
export function findPeerFaults(objects: readonly unknown[], defaultNamespace = ''): readonly PeerFault[] {
  const services = objects.flatMap((object, position) => readService(object, position, defaultNamespace));
  // Of a Job that asks for no names there is something to say only beside a Service.
  const jobs = objects.flatMap((object, position) => readIndexed(object, position, defaultNamespace, services.length > 0));
  return jobs.flatMap((job) => (job.subdomain === '' ? findNameless(job, services) : findFaults(job, services)));
}

/** Whether `findPeerFaults` may look into an object: it is a Service, or has a template of Indexed Jobs. */
export function mayHavePeers(object: unknown): boolean {
  return isService(object) || indexedSpecOf(object) !== undefined;
}

function findFaults(job: Indexed, services: readonly Selecting[]): PeerFault[] {
  const { subdomain, namespace, position, path } = job;
  const service = services.find((one) => one.name === subdomain && one.namespace === namespace);
  const field = `${path}.subdomain`;
  if (service === undefined) {
    const other = services.find((one) => one.isHeadless && one.namespace === namespace && selects(one, job));
    const away = services.find(({ name }) => name === subdomain);
    const message = other !== undefined ? `there is no Service of this name, but Service "${other.name}" has these pods: write its name`
      : away !== undefined ? `the Service of this name is in another namespace, ${words(away.namespace)}: pods have names in their own`
        : 'there is no Service of this name among what was checked: without a headless one, no pod is found by its host name';
    return [{ position, finding: warning({ rule: 'peers-have-a-service', field, type: 'NotFound', message, value: subdomain }) }];
  }
  const { isHeadless, isForUnready, selector } = service;
  const at = (finding: Omit<Finding, 'severity' | 'type'>): PeerFault => (
    { position: service.position, finding: warning({ ...finding, type: 'Invalid' }) }
  );
  const oneAddress = `gives the name ${subdomain} alone an address, and none to its pods: write None`;
  const different = Object.entries(selector).filter(([key, value]) => !fits(job.labels[key], value)).slice(0, 1);
  return [
    ...isHeadless ? [] : [at({ rule: 'peers-service-is-headless', field: 'spec.clusterIP', message: oneAddress })],
    ...different.map(([key, value]) => (
      at({ rule: 'peers-service-selects-them', field: `spec.selector[${key}]`, message: mismatch(job, key), value })
    )),
    ...isForUnready ? [] : [at({ rule: 'peers-found-before-ready', field: 'spec.publishNotReadyAddresses', message: onlyReady })],
  ];
}

const onlyReady = 'pods that wait for one another to be ready do not find one another: write true';

/** A headless Service for the pods of an Indexed Job, which have no names in it. */
function findNameless(job: Indexed, services: readonly Selecting[]): PeerFault[] {
  const service = services.find((one) => one.isHeadless && one.namespace === job.namespace && selects(one, job));
  if (service === undefined) return [];
  const { name } = service;
  const message = `headless Service "${name}" has these pods, but without subdomain: ${name} none of them is found by its host name`;
  const field = `${job.path}.subdomain`;
  return [{ position: job.position, finding: { rule: 'peers-have-a-subdomain', field, type: 'Required', message, severity: 'advice' } }];
}

function mismatch({ labels }: Indexed, key: string): string {
  const value = labels[key];
  if (value === null) return 'the value that the pods get is made in the cluster: select by a label of your own in the template';
  const pods = 'the pods of the Job with this subdomain';
  return value === undefined ? `${pods} have no such label` : `${pods} have the value "${value}"`;
}

function selects({ selector }: Selecting, { labels }: Indexed): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => fits(labels[key], value));
}

function fits(value: string | null | undefined, wanted: unknown): boolean {
  return typeof value === 'string' && value === wanted;
}

function readIndexed(object: unknown, position: number, defaultNamespace: string, isNamelessToo: boolean): Indexed[] {
  const found = indexedSpecOf(object);
  if (found === undefined) return [];
  const { path, template } = found;
  const { metadata, spec } = asObject(template);
  const { subdomain } = asObject(spec);
  if (!isNamelessToo && (typeof subdomain !== 'string' || subdomain === '')) return [];
  const own = Object.entries(asObject(asObject(metadata).labels));
  const written = own.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const { name } = asObject(asObject(object).metadata);
  const job = path.length === 1 && typeof name === 'string' && name !== '' ? name : null;
  const labels = {
    ...Object.fromEntries(written),
    [jobNameLabel]: job,
    [legacyJobNameLabel]: job,
    [controllerUidLabel]: null,
    [legacyControllerUidLabel]: null,
    [completionIndexAnnotation]: null,
  };
  const place = { position, namespace: namespaceOf(object, defaultNamespace), path: [...path, 'template', 'spec'].join('.') };
  return [{ ...place, subdomain: typeof subdomain === 'string' ? subdomain : '', labels }];
}

/** The template of the Indexed Jobs of an object, and the path of the spec around it; undefined where there are none. */
function indexedSpecOf(object: unknown): { readonly path: readonly string[]; readonly template: unknown } | undefined {
  const path = kindInBatch(asObject(object))?.jobSpec;
  if (path === undefined) return undefined;
  const { completionMode, template } = asObject(valueAt(object, path));
  return completionMode === 'Indexed' ? { path, template } : undefined;
}

function readService(object: unknown, position: number, defaultNamespace: string): Selecting[] {
  const { metadata, spec } = asObject(object);
  const { name } = asObject(metadata);
  if (!isService(object) || typeof name !== 'string') return [];
  const { clusterIP, publishNotReadyAddresses, selector } = asObject(spec);
  const place = { position, name, namespace: namespaceOf(object, defaultNamespace) };
  const isForUnready = publishNotReadyAddresses === true;
  return [{ ...place, isHeadless: clusterIP === 'None', isForUnready, selector: asObject(selector) }];
}

function isService(object: unknown): boolean {
  const { apiVersion, kind } = asObject(object);
  return apiVersion === 'v1' && kind === 'Service';
}

function namespaceOf(object: unknown, defaultNamespace: string): string {
  const namespace = valueAt(object, ['metadata', 'namespace']);
  return typeof namespace === 'string' && namespace !== '' ? namespace : defaultNamespace;
}

function words(namespace: string): string {
  return namespace === '' ? 'that of the call' : namespace;
}

function warning(finding: Omit<Finding, 'severity'>): Finding {
  return { ...finding, severity: 'warning' };
}
