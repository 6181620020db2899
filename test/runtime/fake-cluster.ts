/** A cluster in memory behind the port: tests put objects and output into it and break its streams. Nothing in it decides anything. */
import {
  type ApplyOptions, ClusterError, type ClusterPort, type DeleteOptions, type KubernetesObject, type LogOptions, type ObjectList,
  type ObjectReference, type PatchType, type PodName, type Resource, type Selection, type WatchEvent, type WatchOptions, type WriteAnswer,
  type WriteOptions,
} from '../../src/port/cluster-port';
import { tryFindResource } from '../../src/port/resources';
import { defaultVersion } from '../../src/rules/rule/versions';

interface Change {
  readonly version: number;
  readonly plural: string;
  readonly event: WatchEvent;
}

interface Stream {
  readonly plural: string;
  end(error?: Error): void;
}

/** What a fake container has written. */
interface FakeLog {
  text: string;
  hasEnded: boolean;
}

const defaultNamespace = 'default';

export class FakeCluster implements ClusterPort {
  public readonly description = { type: 'local', name: 'fake' } as const;
  /** Those of the local engine, unless a test says otherwise. */
  public capabilities = { outlivesProcess: false, runsImages: false };
  public readonly namespace = defaultNamespace;
  /** Every call, as `watch jobs` or `logs pod/main`. */
  public readonly calls: string[] = [];
  /** Called before each call is answered; what it throws is the answer. */
  public refuse: (call: string) => Error | undefined = () => undefined;
  /** As `refuse`, for lists and watches, told what they ask for. */
  public refuseSelection: (call: string, selection: Selection) => Error | undefined = () => undefined;
  /** What the cluster does with a Job that was applied. */
  public onApply: (object: KubernetesObject) => void = () => undefined;

  private readonly objects = new Map<string, KubernetesObject>();
  private readonly changes: Change[] = [];
  private readonly streams = new Set<Stream>();
  private readonly logsByRun = new Map<string, FakeLog>();
  private readonly waiting = new Set<() => void>();
  private resourceVersion = 100;
  private uids = 0;
  private forgotten = 0;

  public put(object: KubernetesObject): KubernetesObject {
    const key = keyOf(object);
    const before = this.objects.get(key);
    this.resourceVersion += 1;
    const stored: KubernetesObject = {
      ...object,
      metadata: {
        namespace: this.namespace, uid: before?.metadata?.uid ?? `uid-${(this.uids += 1)}`, ...object.metadata, resourceVersion: String(this.resourceVersion),
      },
    };
    this.objects.set(key, stored);
    this.publish(before === undefined ? 'ADDED' : 'MODIFIED', stored);
    return stored;
  }

  public remove(object: KubernetesObject): void {
    const stored = this.objects.get(keyOf(object)) ?? object;
    this.objects.delete(keyOf(object));
    this.resourceVersion += 1;
    this.publish('DELETED', { ...stored, metadata: { ...stored.metadata, resourceVersion: String(this.resourceVersion) } });
  }

  public write(pod: string, container: string, text: string, attempt = 0): void {
    const log = this.logOf(pod, container, attempt);
    log.text += text;
    this.wake();
  }

  public endLog(pod: string, container: string, attempt = 0): void {
    this.logOf(pod, container, attempt).hasEnded = true;
    this.wake();
  }

  /** Ends all open streams of a kind (`logs` for output), with or without an error. */
  public cut(plural: string, error?: Error): void {
    for (const stream of [...this.streams]) if (stream.plural === plural) stream.end(error);
  }

  /** Makes all resource versions so far too old to watch from. */
  public compact(): void {
    this.forgotten = this.resourceVersion;
  }

  public openStreams(plural: string): number {
    return [...this.streams].filter((stream) => stream.plural === plural).length;
  }

  public async version(): Promise<string> {
    return defaultVersion;
  }

  public async create(object: KubernetesObject, { dryRun }: WriteOptions = {}): Promise<WriteAnswer> {
    this.call(`${dryRun === true ? 'try to ' : ''}create ${object.kind}`);
    if (this.objects.has(keyOf(object))) throw new ClusterError('CONFLICT', 'already exists', { status: 409, reason: 'AlreadyExists' });
    if (dryRun === true) return { object: named(object), code: 201, warnings: [] };
    const stored = this.put(named(object));
    this.onApply(stored);
    return { object: stored, code: 201, warnings: [] };
  }

  public async apply(object: KubernetesObject, { dryRun }: ApplyOptions = {}): Promise<WriteAnswer> {
    this.call(`${dryRun === true ? 'try to ' : ''}apply ${object.kind}`);
    if (dryRun === true) return { object, code: this.objects.has(keyOf(object)) ? 200 : 201, warnings: [] };
    const before = this.objects.get(keyOf(object));
    const isSame = before !== undefined && JSON.stringify(before.spec) === JSON.stringify(object.spec);
    if (isSame) return { object: before, code: 200, warnings: [] };
    const stored = this.put({ ...before, ...object, metadata: { ...before?.metadata, ...object.metadata } });
    this.onApply(stored);
    return { object: stored, code: before === undefined ? 201 : 200, warnings: [] };
  }

  public async get({ resource, name, namespace = defaultNamespace }: ObjectReference): Promise<KubernetesObject> {
    this.call(`get ${resource.plural}`);
    const found = this.objects.get(`${resource.plural}/${namespace}/${name}`);
    if (found === undefined) throw new ClusterError('NOT_FOUND', `${resource.plural} "${name}" not found`, { status: 404, reason: 'NotFound' });
    return found;
  }

  public async list(resource: Resource, selection: Selection = {}): Promise<ObjectList> {
    this.call(`list ${resource.plural}`, selection);
    const items = [...this.objects].filter(([key, object]) => key.startsWith(`${resource.plural}/`) && isSelected(object, selection)).map(([, object]) => object);
    return { items, resourceVersion: String(this.resourceVersion) };
  }

  public async *watch(resource: Resource, options: WatchOptions, signal: AbortSignal): AsyncIterable<WatchEvent> {
    this.call(`watch ${resource.plural}`, options);
    let version = Number(options.resourceVersion);
    if (version < this.forgotten) {
      yield { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' } };
      return;
    }
    const ended = this.open(resource.plural, signal);
    try {
      for (;;) {
        const changes = this.changes.filter((candidate) => candidate.version > version && candidate.plural === resource.plural);
        for (const change of changes) {
          version = change.version;
          if (isSelected(change.event.object, options)) yield change.event;
        }
        // Whoever took the last one may have made more.
        if (changes.length === 0 && await this.news(ended)) return;
        if (ended.hasEnded) return await ended.ended;
      }
    } finally {
      ended.close();
    }
  }

  public async *logs({ name, namespace = defaultNamespace }: PodName, options: LogOptions, signal: AbortSignal): AsyncIterable<Uint8Array> {
    this.call(`logs ${name}/${options.container}${options.previous === true ? ' previous' : ''}${options.follow === true ? ' follow' : ''}`);
    if (!this.objects.has(`pods/${namespace}/${name}`)) throw new ClusterError('NOT_FOUND', `pods "${name}" not found`, { status: 404 });
    if (options.previous !== true && !this.hasLog(name, options.container)) this.logOf(name, options.container, 0);
    const runs = [...this.logsByRun].filter(([key]) => key.startsWith(`${name}/${options.container}/`)).map(([, log]) => log);
    const log = options.previous === true ? runs.at(-2) : runs.at(-1);
    if (log === undefined) throw new ClusterError('API', 'previous terminated container not found', { status: 400 });
    const ended = this.open('logs', signal);
    let from = 0;
    const since = options.sinceTime ?? '';
    try {
      for (;;) {
        const text = log.text.slice(from);
        from = log.text.length;
        const wanted = text.split(/(?<=\n)/).filter((line) => line !== '' && line.slice(0, 19) >= since.slice(0, 19));
        if (wanted.length > 0) yield Buffer.from(wanted.join(''));
        if (options.follow !== true || log.hasEnded || await this.news(ended)) return;
      }
    } finally {
      ended.close();
    }
  }

  public async patch({ resource, ...reference }: ObjectReference, patch: unknown, _type: PatchType): Promise<WriteAnswer> {
    this.call(`patch ${resource.plural}`);
    const live = await this.get({ resource, ...reference });
    const { spec } = patch as { readonly spec: object };
    return { object: this.put({ ...live, spec: { ...live.spec as object, ...spec } }), code: 200, warnings: [] };
  }

  public async delete({ resource, ...reference }: ObjectReference, { uid, propagationPolicy }: DeleteOptions): Promise<WriteAnswer> {
    this.call(`delete ${resource.plural} ${propagationPolicy}`);
    const live = await this.get({ resource, ...reference });
    if (uid !== undefined && live.metadata?.uid !== uid) throw new ClusterError('CONFLICT', 'the UID does not match', { status: 409, reason: 'Conflict' });
    this.remove(live);
    return { object: live, code: 200, warnings: [] };
  }

  public async close(): Promise<void> {
    for (const stream of [...this.streams]) stream.end();
  }

  private call(text: string, selection: Selection = {}): void {
    this.calls.push(text);
    const error = this.refuse(text) ?? this.refuseSelection(text, selection);
    if (error !== undefined) throw error;
  }

  private hasLog(pod: string, container: string): boolean {
    return [...this.logsByRun.keys()].some((key) => key.startsWith(`${pod}/${container}/`));
  }

  private logOf(pod: string, container: string, attempt: number): FakeLog {
    const key = `${pod}/${container}/${attempt}`;
    const log = this.logsByRun.get(key) ?? { text: '', hasEnded: false };
    this.logsByRun.set(key, log);
    return log;
  }

  private publish(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubernetesObject): void {
    this.changes.push({ version: this.resourceVersion, plural: pluralOf(object), event: { type, object } });
    this.wake();
  }

  private wake(): void {
    for (const waiter of [...this.waiting]) waiter();
  }

  private open(plural: string, signal: AbortSignal): OpenStream {
    const stream = new OpenStream(plural, signal, () => this.streams.delete(stream));
    this.streams.add(stream);
    return stream;
  }

  /** Waits for a change; true when the stream has ended. */
  private async news(stream: OpenStream): Promise<boolean> {
    const change = new Promise<void>((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        resolve();
      };
      this.waiting.add(wake);
    });
    await Promise.race([change, stream.ended]);
    return stream.hasEnded;
  }
}

class OpenStream implements Stream {
  public hasEnded = false;
  public readonly ended: Promise<void>;
  private settle: (error?: Error) => void = () => undefined;

  public constructor(public readonly plural: string, signal: AbortSignal, private readonly forget: () => void) {
    this.ended = new Promise((resolve, reject) => {
      this.settle = (error) => (error === undefined ? resolve() : reject(error));
    });
    this.ended.catch(() => undefined);
    if (signal.aborted) this.end();
    signal.addEventListener('abort', () => this.end());
  }

  public end(error?: Error): void {
    this.hasEnded = true;
    this.settle(error);
  }

  public close(): void {
    this.forget();
  }
}

function named(object: KubernetesObject): KubernetesObject {
  const { name, generateName = '' } = object.metadata ?? {};
  return { ...object, metadata: { ...object.metadata, name: name ?? `${generateName}x7k2p` } };
}

function pluralOf({ apiVersion, kind }: KubernetesObject): string {
  return tryFindResource(apiVersion, kind)?.plural ?? `${(kind ?? '').toLowerCase()}s`;
}

function keyOf(object: KubernetesObject): string {
  return `${pluralOf(object)}/${object.metadata?.namespace ?? defaultNamespace}/${object.metadata?.name ?? ''}`;
}

function isSelected({ metadata }: KubernetesObject, { labelSelector, fieldSelector, namespace = defaultNamespace }: Selection): boolean {
  if (namespace !== '*' && (metadata?.namespace ?? defaultNamespace) !== namespace) return false;
  const labels = metadata?.labels ?? {};
  const byLabels = (labelSelector ?? '').split(',').every((part) => part === '' || (part.includes('=') ? labels[part.split('=')[0] ?? ''] === part.split('=')[1] : part in labels));
  return byLabels && (fieldSelector === undefined || fieldSelector === `metadata.name=${metadata?.name}`);
}
