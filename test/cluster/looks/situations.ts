import type { JobVerdict } from '../../../src/verdict/job-verdict';
import { judge } from '../../../src/verdict/judge';
import type { Observation } from '../../../src/verdict/observation';
import { createNamespace, deleteNamespace, type TestCluster, until, untilJobCondition } from '../api';
import { recordNamespace, type RecordedAction, type Recorder, requestSender } from '../failures/recorder';

/** What a client that does not see everything hears of a Job, and what must be said of it. */
export interface Situation {
  /** The name of its recording. */
  readonly name: string;
  readonly what: string;
  readonly verdict: string;
  readonly reason: string | null;
  readonly diagnosis: string;
  readonly exitCode: number | null;
  /** Lets it happen. */
  readonly play: (stage: Stage) => Promise<void>;
}

/** A namespace in which somebody acts and somebody watches. */
export interface Stage {
  readonly cluster: TestCluster;
  readonly namespace: string;
  /** Does something that no client of the recording does. */
  readonly others: Recorder['act'];
  /** Begins to look: lists, then watches; what was seen before stays. */
  look(): Promise<Recorder['act']>;
  /** Looks away. */
  lookAway(): void;
}

/** Plays a situation in a namespace of its own; returns what was seen. */
export async function observe(cluster: TestCluster, situation: Situation): Promise<readonly Observation[]> {
  const namespace = await createNamespace(cluster, 'look');
  const seen: Observation[] = [];
  const begun = performance.now();
  let recorder: Recorder | undefined;
  let since = 0;
  // In the recorder's own time, which began with the look.
  const current = (): Observation[] =>
    (recorder?.observations ?? []).map((line) => ({ ...line, at: Math.round((line.at + since) * 1000) / 1000 }));
  const lookAway = (): void => {
    recorder?.stop();
    seen.push(...current());
    recorder = undefined;
  };
  try {
    await situation.play({
      cluster,
      namespace,
      others: requestSender(cluster.api),
      async look() {
        since = seen.length === 0 ? 0 : (performance.now() - begun) / 1000;
        recorder = await recordNamespace(cluster.api, namespace);
        return recorder.act;
      },
      lookAway,
    });
    // What the server has answered somebody else may still be on its way to who watches.
    await until(situation.name, async () => isTold(situation, judge([...seen, ...current()])) || undefined, 10_000).catch(() => undefined);
    lookAway();
    return seen;
  } finally {
    lookAway();
    await deleteNamespace(cluster, namespace);
  }
}

/** Whether a verdict is what must be said. */
function isTold({ verdict, reason, diagnosis }: Situation, said: JobVerdict): boolean {
  return said.verdict === verdict && said.reason === reason && said.diagnosis === diagnosis;
}

const job = ({ namespace }: Stage, name: string, script: string, spec: object = {}): RecordedAction => ({
  do: 'create',
  kind: 'Job',
  name,
  path: `/apis/batch/v1/namespaces/${namespace}/jobs`,
  body: {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      backoffLimit: 0,
      ...spec,
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 2,
          containers: [{ name: 'main', image: 'busybox:1.36', imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', script] }],
        },
      },
    },
  },
});

const of = ({ namespace }: Stage, verb: 'patch' | 'delete', body: object): RecordedAction =>
  ({ do: verb, kind: 'Job', name: 'task', path: `/apis/batch/v1/namespaces/${namespace}/jobs/task`, body });

const ready = ({ cluster, namespace }: Stage): Promise<unknown> => until('a pod that is ready', async () => {
  const { body } = await cluster.api.mustRequest('GET', `/apis/batch/v1/namespaces/${namespace}/jobs/task`);
  return ((body as { status?: { ready?: number } }).status?.ready ?? 0) > 0 || undefined;
});

const condition = ({ cluster, namespace }: Stage, type: string): Promise<unknown> => untilJobCondition(cluster.api, namespace, 'task', type);

/** The situations, each of which is also a recording of `test/verdict/tapes`. */
export const situations: readonly Situation[] = [
  {
    name: 'suspended-created',
    what: 'Created suspended, and nobody resumes it.',
    verdict: 'Suspended',
    reason: 'JobSuspended',
    diagnosis: 'Suspended',
    exitCode: null,
    async play(stage) {
      await (await stage.look())(job(stage, 'task', 'true', { suspend: true }));
      await condition(stage, 'Suspended');
    },
  },
  {
    name: 'suspended-running',
    what: 'Suspended while its pod runs, and nobody resumes it.',
    verdict: 'Suspended',
    reason: 'JobSuspended',
    diagnosis: 'Suspended',
    exitCode: null,
    async play(stage) {
      const act = await stage.look();
      await act(job(stage, 'task', 'sleep 1000'));
      await ready(stage);
      await act(of(stage, 'patch', { spec: { suspend: true } }));
      await condition(stage, 'Suspended');
    },
  },
  {
    name: 'name-taken',
    what: 'Somebody else has a Job of this name, which goes on to complete.',
    verdict: 'Refused',
    reason: 'AlreadyExists',
    diagnosis: 'AlreadyExists',
    exitCode: null,
    async play(stage) {
      await stage.others(job(stage, 'task', 'sleep 2'));
      await (await stage.look())(job(stage, 'task', 'true'));
      await condition(stage, 'Complete');
    },
  },
  {
    name: 'recreated-unseen',
    what: 'Deleted and created again by somebody else while nobody looked.',
    verdict: 'Deleted',
    reason: null,
    diagnosis: 'Replaced',
    exitCode: null,
    async play(stage) {
      await (await stage.look())(job(stage, 'task', 'sleep 1000'));
      await ready(stage);
      stage.lookAway();
      await stage.others(of(stage, 'delete', { propagationPolicy: 'Background' }));
      await stage.others(job(stage, 'task', 'true'));
      await stage.look();
      await condition(stage, 'Complete');
    },
  },
  {
    name: 'joined-after-failure',
    what: 'A client that begins to look when all is over.',
    verdict: 'Failed',
    reason: 'BackoffLimitExceeded',
    diagnosis: 'NonZeroExit',
    exitCode: 3,
    async play(stage) {
      await stage.others(job(stage, 'task', 'exit 3'));
      await condition(stage, 'Failed');
      await stage.look();
    },
  },
  {
    name: 'joined-during-retry',
    what: 'A client that begins to look while the first pod has failed and the second runs.',
    verdict: 'Failed',
    reason: 'BackoffLimitExceeded',
    diagnosis: 'NonZeroExit',
    exitCode: 3,
    async play(stage) {
      await stage.others(job(stage, 'task', 'sleep 2; exit 3', { backoffLimit: 1 }));
      await until('a second pod', async () => {
        const { body } = await stage.cluster.api.mustRequest('GET', `/api/v1/namespaces/${stage.namespace}/pods`);
        return (body as { items: object[] }).items.length > 1 || undefined;
      });
      await stage.look();
      await condition(stage, 'Failed');
    },
  },
  {
    name: 'cron-name-taken',
    what: 'A suspended Job of somebody else has the name that the first tick of the CronJob needs.',
    verdict: 'Running',
    reason: null,
    diagnosis: 'CronNameTaken',
    exitCode: null,
    play: (stage) => takeName(stage, 1),
  },
  {
    name: 'cron-second-name-taken',
    what: 'A suspended Job of somebody else has the name that the second tick of the CronJob needs.',
    verdict: 'Complete',
    reason: 'CompletionsReached',
    diagnosis: 'Succeeded',
    exitCode: 0,
    play: (stage) => takeName(stage, 2),
  },
];

/** Somebody takes the name of a tick; the CronJob comes shortly before its first one. */
async function takeName(stage: Stage, ahead: number): Promise<void> {
  await until('the last seconds of a minute', async () => (Date.now() % 60_000 > 45_000 && Date.now() % 60_000 < 55_000) || undefined);
  const minute = Math.floor(Date.now() / 60_000) + ahead;
  await stage.others(job(stage, `nightly-${minute}`, 'true', { suspend: true }));
  const { spec } = job(stage, '', 'true').body as { spec: object };
  const body = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: { schedule: '* * * * *', jobTemplate: { spec } } };
  await (await stage.look())({ do: 'create', kind: 'CronJob', name: 'nightly', path: `/apis/batch/v1/namespaces/${stage.namespace}/cronjobs`, body });
  // The controller is silent: there is nothing to wait for but the time itself.
  await until('the time after the tick', async () => Date.now() > minute * 60_000 + 5000 || undefined, 120_000);
}
