import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import { sortedFields, withMetadata } from './render/with-metadata';
import { readArgoCdMarks } from '../api/gitops';
import type { KindName } from '../api/kinds';
import { minParallelismAnnotation } from '../api/kueue';
import { jobNameLabel } from '../api/labels';
import { checkStartingLabel } from '../api/names';
import { hostName, jobNameVariable, mostListedPeers, peersLabel, peersVariable } from '../api/peers';
import type { Finding } from '../core/finding';
import { given } from '../core/given';
import { asObject, isObject, type JsonObject, valueAt } from '../core/json';

/** The id of the Service in the construct of its Job. */
export const peersId = 'Peers';

/** How the pods of an Indexed Job, or of those of a CronJob, find one another: a Service, and what their template says of it. */
export class JobPeers {
  private readonly isWanted: boolean;
  private service = '';
  private found: readonly Finding[] = [];

  /**
   * @param peers as the user wrote it. @param subdomain what the Service is called, where the user says so.
   * @param isIndexed whether pods have host names of their own; another Job with peers is refused as a Job of the wrong kind.
   */
  public constructor(
    private readonly kind: KindName, private readonly peers: unknown, private readonly subdomain: unknown, isIndexed: boolean,
  ) {
    this.isWanted = isIndexed && (peers === true || peers === 'unlisted');
  }

  /** Makes the Service of an object, which has the object's name. @param name that, without the hash of its content. */
  public addService(object: ApiObject, { name, generateName, namespace }: ApiObjectMetadata, givenName: string): void {
    if (!this.isWanted) return;
    const ownName = name ?? generateName?.replace(/-+$/, '') ?? givenName;
    this.service = typeof this.subdomain === 'string' ? this.subdomain : ownName;
    const service = new ApiObject(object, peersId, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: this.service, ...given({ namespace }) },
      // Pods look for one another before they are ready.
      spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector: { [peersLabel]: this.service } },
    });
    object.addDependency(service);
  }

  /** The manifest of an object whose pods are in the Service, and know their peers. */
  public write(manifest: unknown): unknown {
    if (!this.isWanted) return manifest;
    const { spec, ...rest } = asObject(manifest);
    if (this.kind === 'Job') return { ...rest, spec: this.writeSpec(asObject(spec)) };
    const template = asObject(asObject(spec).jobTemplate);
    return { ...rest, spec: { ...asObject(spec), jobTemplate: { ...template, spec: this.writeSpec(asObject(template.spec)) } } };
  }

  /** What keeps the pods of a manifest that {@link write} has made from finding one another. */
  public findErrors(manifest: unknown): readonly Finding[] {
    const { peers } = this;
    if (peers === undefined || peers === false) return [];
    if (peers !== true && peers !== 'unlisted') return [this.fault('NotSupported', 'supported values: true, false, "unlisted"')];
    if (!this.isWanted) return [];
    const { isHook, phases } = readArgoCdMarks(manifest);
    const isEarly = isHook && phases.includes('PreSync');
    const early = 'a Job that runs before the rollout starts before the Service of its peers is there: leave one of them out';
    const job = this.kind === 'Job' ? manifest : valueAt(manifest, ['spec', 'jobTemplate']);
    const isSplit = valueAt(job, ['metadata', 'annotations', minParallelismAnnotation]) !== undefined;
    const [problem] = checkStartingLabel(this.service);
    return [
      ...this.found,
      ...isEarly ? [this.fault('Forbidden', early)] : [],
      ...isSplit ? [this.fault('Forbidden', split)] : [],
      ...problem === undefined ? [] : [this.fault('Invalid', `no Service can be called ${this.quotedService}, write another name as subdomain: ${problem}`)],
    ];
  }

  private writeSpec(spec: JsonObject): JsonObject {
    const { completions } = spec;
    const template = asObject(spec.template);
    const pod = asObject(template.spec);
    this.found = [
      ...this.findOtherSubdomain(pod),
      ...this.isListed && Number(completions) > mostListedPeers ? [this.fault('Invalid', tooMany(Number(completions)))] : [],
      ...['initContainers', 'containers'].flatMap((field) => entriesOf(pod[field]).flatMap((container) => this.findRepeats(container))),
    ];
    const told = (container: unknown): unknown => withVariables(container, this.variables(completions));
    const lists = Object.fromEntries(['initContainers', 'containers'].flatMap((field) => (
      Array.isArray(pod[field]) ? [[field, pod[field].map(told)]] : []
    )));
    const labelled = withMetadata(template, { labels: { [peersLabel]: this.service } });
    return { ...spec, template: sortedFields({ ...labelled, spec: sortedFields({ ...pod, ...lists, subdomain: this.service }) }) };
  }

  private get isListed(): boolean {
    return this.peers === true;
  }

  /** What each container is told. The name of the Job comes from its pods: that of a CronJob's, or one with a hash, is not known here. */
  private variables(completions: unknown): readonly JsonObject[] {
    const name = { name: jobNameVariable, valueFrom: { fieldRef: { fieldPath: `metadata.labels['${jobNameLabel}']` } } };
    if (!this.isListed || typeof completions !== 'number' || completions > mostListedPeers) return [name];
    const indexes = Array.from({ length: Math.max(0, Math.floor(completions)) }, (_, index) => index);
    const hosts = indexes.map((index) => hostName(`$(${jobNameVariable})`, index, this.service));
    return [name, { name: peersVariable, value: hosts.join(',') }];
  }

  private get quotedService(): string {
    return JSON.stringify(this.service);
  }

  private findOtherSubdomain({ subdomain }: JsonObject): Finding[] {
    if (subdomain === undefined || subdomain === this.service) return [];
    const words = `the Service is called ${this.quotedService}, and subdomain says ${JSON.stringify(subdomain)}: write that in the props`;
    return [this.fault('Invalid', words)];
  }

  private findRepeats({ name, env }: JsonObject): Finding[] {
    const taken = entriesOf(env).map((variable) => variable.name);
    const repeated = [jobNameVariable, ...this.isListed ? [peersVariable] : []].filter((variable) => taken.includes(variable));
    const words = `and container ${JSON.stringify(name)} has a variable of this name: rename that`;
    return repeated.map((variable) => this.fault('Duplicate', `sets ${variable}, ${words}`));
  }

  private fault(type: Finding['type'], message: string): Finding {
    return { rule: 'peers-props', field: this.kind === 'Job' ? 'peers' : 'job.peers', type, message, severity: 'error', value: this.peers };
  }
}

const split = 'with queue.minParallelism fewer pods may run at once than look for one another: leave one of them out';

function tooMany(completions: number): string {
  const instead = `write "unlisted", and make them of $(${jobNameVariable}), index and subdomain`;
  return `${completions} host names may not fit one variable, which ${mostListedPeers} do: ${instead}`;
}

/** A container with more variables, before its own, which may refer to them. */
function withVariables(container: unknown, variables: readonly JsonObject[]): unknown {
  if (!isObject(container)) return container;
  const { env } = container;
  if (env !== undefined && !Array.isArray(env)) return container;
  return sortedFields({ ...container, env: [...variables, ...(env ?? []) as readonly unknown[]] });
}

function entriesOf(list: unknown): readonly JsonObject[] {
  return Array.isArray(list) ? list.map(asObject) : [];
}
