import type { Observation } from '../../../src/verdict/observation';
import type { KubeAnswer, KubeApi } from '../kube-api';

/** Everything that a client sees of a namespace, as it arrives, in the form that `judge` reads. */
export interface Recorder {
  readonly observations: readonly Observation[];
  /** Sends a request and records it with its answer. */
  act(action: RecordedAction): Promise<unknown>;
  stop(): void;
}

/** A request as the recording names it, with what HTTP needs. */
export interface RecordedAction {
  readonly do: 'create' | 'patch' | 'delete' | 'evict';
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly body?: object;
}

const watched = {
  jobs: '/apis/batch/v1/namespaces/NAMESPACE/jobs',
  pods: '/api/v1/namespaces/NAMESPACE/pods',
  events: '/api/v1/namespaces/NAMESPACE/events',
  cronjobs: '/apis/batch/v1/namespaces/NAMESPACE/cronjobs',
} as const;
const methods = { create: 'POST', patch: 'PATCH', delete: 'DELETE', evict: 'POST' } as const;

/** Begins to record a namespace. */
export async function recordNamespace(api: KubeApi, namespace: string): Promise<Recorder> {
  const observations: Observation[] = [];
  const started = performance.now();
  const now = (): number => Math.round(performance.now() - started) / 1000;
  const ends = await Promise.all(Object.entries(watched).map(async ([watch, template]) => {
    const path = template.replace('NAMESPACE', namespace);
    // From a version on: without one, the server may first wait for news from etcd, and give up after three seconds.
    const { body } = await api.mustRequest('GET', path);
    const { items, metadata: { resourceVersion } } = body as { items: object[]; metadata: { resourceVersion: string } };
    for (const object of items) observations.push({ at: now(), watch, type: 'ADDED', object });
    return api.stream(`${path}?watch=true&resourceVersion=${resourceVersion}`, (line) => {
      observations.push({ at: now(), watch, ...(JSON.parse(line) as { type: 'ADDED'; object: object }) });
    });
  }));
  return {
    observations,
    async act({ do: verb, kind, name, path, body }) {
      const at = now();
      const answer = await send(api, { do: verb, kind, name, path, ...(body === undefined ? {} : { body }) });
      const object = answer.body as { kind?: string; metadata?: { uid?: string } };
      observations.push({
        at,
        action: { do: verb, kind, name },
        answer: {
          code: answer.status,
          seconds: Math.round((now() - at) * 1000) / 1000,
          ...(answer.status < 300 ? { uid: object.metadata?.uid ?? '' } : { body: object }),
          ...(answer.warnings.length > 0 ? { warnings: answer.warnings } : {}),
        },
      });
      return answer.body;
    },
    stop: () => ends.forEach((end) => end()),
  };
}

/** Sends requests that nobody records. */
export function requestSender(api: KubeApi): Recorder['act'] {
  return async (action) => {
    const { status, body } = await send(api, action);
    if (status > 299) throw new Error(`Cannot ${action.do} ${action.kind} ${action.name}: ${JSON.stringify(body)}`);
    return body;
  };
}

function send(api: KubeApi, { do: verb, path, body }: RecordedAction): Promise<KubeAnswer> {
  return api.request(methods[verb], path, body, verb === 'patch' ? { 'content-type': 'application/merge-patch+json' } : {});
}
