import { orderCases, outputCases } from './order-cases';
import { type EndToEndCase, type Stage, run, shellJob, until } from './stage';
import type { JobStatus } from '../../src/api/kubernetes';
import { ClusterError, type KubernetesObject } from '../../src/port/cluster-port';
import { jobs, pods } from '../../src/port/resources';
import type { RetryResult } from '../../src/runtime/retry-failed';
import type { Progress } from '../../src/runtime/run-options';

/** Every row of the Kubernetes guide to Jobs, and what the runtime promises about it; the same text for both clusters. A long list. */
export const endToEndCases: readonly EndToEndCase[] = [
  {
    name: 'a one-off Job prints, completes and has exit status 0',
    async play(stage) {
      const { jobs: [verdict], ok, text } = await run(stage, [shellJob('once', 'echo Running job')]);
      expect({ ok, text }).toEqual({ ok: true, text: 'Running job\n' });
      expect(verdict).toMatchObject({ verdict: 'Complete', reason: 'CompletionsReached', exitCode: 0, name: 'once' });
    },
  },
  {
    name: 'three completions in sequence never overlap',
    async play(stage) {
      const { jobs: [verdict] } = await run(stage, [shellJob('sequence', `sleep ${stage.sleep(1)}`, { completions: 3, parallelism: 1 })]);
      expect(verdict).toMatchObject({ verdict: 'Complete', counts: { succeeded: 3 } });
      // Times are whole seconds: of two runs that begin in the same one, the first ends first.
      const runs = (await runTimes(stage, 'sequence')).sort((a, b) => a.from - b.from || a.to - b.to);
      expect(runs).toHaveLength(3);
      for (const [index, { from }] of runs.entries()) expect(from).toBeGreaterThanOrEqual(runs[index - 1]?.to ?? 0);
    },
  },
  {
    name: 'three completions at once overlap',
    async play(stage) {
      const { jobs: [verdict] } = await run(stage, [shellJob('parallel', `sleep ${stage.sleep(8)}`, { completions: 3, parallelism: 3 })]);
      expect(verdict).toMatchObject({ verdict: 'Complete', counts: { succeeded: 3 } });
      const runs = await runTimes(stage, 'parallel');
      expect(Math.max(...runs.map(({ from }) => from))).toBeLessThan(Math.min(...runs.map(({ to }) => to)));
    },
  },
  {
    name: 'the workers of a queue take every item once and end when it is empty',
    async play(stage) {
      const items = ['apple', 'banana', 'cherry', 'date', 'elder', 'fig'];
      const { pop, image } = await stage.fillQueue(items);
      const script = `while item=$(${pop}) && [ -n "$item" ]; do echo "got $item"; done`;
      const { jobs: [verdict], text } = await run(stage, [shellJob('queue', script, { parallelism: 2 }, {}, { image })]);
      expect(verdict).toMatchObject({ verdict: 'Complete', counts: { wanted: null } });
      expect(text.trim().split('\n').sort()).toEqual(items.map((item) => `got ${item}`));
    },
  },
  {
    name: 'a failing pod with restartPolicy Never is replaced by another, backoffLimit times',
    async play(stage) {
      const { jobs: [verdict], ok } = await run(stage, [shellJob('never', 'exit 3', { backoffLimit: 1 })]);
      expect(ok).toBe(false);
      expect(verdict).toMatchObject({
        verdict: 'Failed', reason: 'BackoffLimitExceeded', diagnosis: 'NonZeroExit', exitCode: 3, counts: { failed: 2 },
      });
      expect(new Set(verdict?.attempts.map(({ pod }) => pod)).size).toBe(2);
    },
  },
  {
    name: 'a failing container with restartPolicy OnFailure runs again in the same pod',
    async play(stage) {
      const { jobs: [verdict] } = await run(stage, [shellJob('on-failure', 'echo try; exit 3', { backoffLimit: 2 }, { restartPolicy: 'OnFailure' })]);
      expect(verdict).toMatchObject({ verdict: 'Failed', reason: 'BackoffLimitExceeded', diagnosis: 'NonZeroExit', exitCode: 3 });
      expect(new Set(verdict?.attempts.map(({ pod }) => pod)).size).toBe(1);
      expect(verdict?.attempts.length).toBeGreaterThanOrEqual(2);
    },
  },
  {
    name: 'the deadline ends a Job that still works',
    async play(stage) {
      const { jobs: [verdict] } = await run(stage, [shellJob('deadline', 'sleep 600', { activeDeadlineSeconds: 4 })]);
      expect(verdict).toMatchObject({ verdict: 'Failed', reason: 'DeadlineExceeded', diagnosis: 'DeadlineExceeded' });
    },
  },
  {
    name: 'an exit code of the failure policy fails the Job at once',
    async play(stage) {
      const podFailurePolicy = { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }] };
      const { jobs: [verdict] } = await run(stage, [shellJob('policy', 'exit 42', { backoffLimit: 6, podFailurePolicy })]);
      expect(verdict).toMatchObject({ verdict: 'Failed', reason: 'PodFailurePolicy', exitCode: 42, counts: { failed: 1 } });
    },
  },
  {
    name: 'the pods of an Indexed Job know their index',
    async play(stage) {
      const job = shellJob('indexed', 'echo "index $JOB_COMPLETION_INDEX on $(hostname)"', { completionMode: 'Indexed', completions: 3, parallelism: 3 });
      const { jobs: [verdict], text } = await run(stage, [job]);
      expect(verdict?.verdict).toBe('Complete');
      expect(text.split('\n').map((line) => line.split(' on ')[0]).sort()).toEqual(['', 'index 0', 'index 1', 'index 2']);
      expect((await statusOf(stage, 'indexed')).completedIndexes).toBe('0-2');
    },
  },
  {
    name: 'an index that fails does not stop the others',
    async play(stage) {
      const spec = { completionMode: 'Indexed', completions: 3, parallelism: 3, backoffLimitPerIndex: 0 };
      const { jobs: [verdict] } = await run(stage, [shellJob('one-bad', '[ "$JOB_COMPLETION_INDEX" != 1 ]', spec)]);
      expect(verdict).toMatchObject({ verdict: 'Failed', reason: 'FailedIndexes', exitCode: 1 });
      expect(await statusOf(stage, 'one-bad')).toMatchObject({ completedIndexes: '0,2', failedIndexes: '1' });
    },
  },
  {
    name: 'a Job that has failed is not started by another run, which names the ways on; with replace it is made again',
    async play(stage) {
      const { cluster } = stage;
      const first = await run(stage, [shellJob('again', 'exit 3', { backoffLimit: 0 })]);
      const { jobs: [replayed], text } = await run(stage, [shellJob('again', 'exit 3', { backoffLimit: 0 })]);
      expect({ text, uid: replayed?.uid, exitCode: replayed?.exitCode }).toEqual({ text: '', uid: first.jobs[0]?.uid, exitCode: 3 });
      expect(replayed?.hint).toMatch(/^It had failed before this run, which started nothing\. .*--replace.*cdk8s-jobs retry again\./);
      const progress: Progress[] = [];
      const made = await run(stage, [shellJob('again', 'echo mended', { backoffLimit: 0 })], { replace: true, onProgress: (one) => void progress.push(one) });
      expect({ ok: made.ok, text: made.text }).toEqual({ ok: true, text: 'mended\n' });
      const field = 'spec.template.spec.containers[0].command[2]';
      expect(progress.filter(({ type }) => type === 'replacing')).toMatchObject([{ changes: [{ field, from: 'exit 3', to: 'echo mended', isImmutable: true }] }]);
      expect((await podsOf(stage, 'again')).map(({ metadata }) => metadata?.ownerReferences?.[0]?.uid)).toEqual([(await cluster.get('again')).metadata?.uid]);
    },
  },
  {
    name: 'what cannot be changed in place is told field by field, and only replace deletes for it',
    async play(stage) {
      await run(stage, [shellJob('fixed', 'true')]);
      const { jobs: [refused] } = await run(stage, [shellJob('fixed', 'false')]);
      expect(refused).toMatchObject({ verdict: 'Refused' });
      const error = await stage.cluster.apply([shellJob('fixed', 'false')]).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: 'INVALID', findings: [{ field: 'spec.template.spec.containers[0].command[2]' }] });
      expect((error as ClusterError).hint).toMatch(/--replace/);
      const before = (await stage.cluster.get('fixed')).metadata?.uid;
      const worse = await run(stage, [shellJob('fixed', 'true', { parallelism: -1 })], { replace: true });
      expect(worse.jobs).toMatchObject([{ verdict: 'Refused', diagnosis: 'Invalid' }]);
      expect((await stage.cluster.get('fixed')).metadata?.uid).toBe(before);
    },
  },
  {
    name: 'a Job that runs is replaced only when its pods are gone',
    async play(stage) {
      const { cluster } = stage;
      const running = run(stage, [shellJob('running', 'sleep 600')]);
      await until('a running pod', async () => ((await statusOf(stage, 'running')).ready === 1 ? true : undefined));
      const made = await run(stage, [shellJob('running', 'echo second')], { replace: true });
      expect({ ok: made.ok, text: made.text }).toEqual({ ok: true, text: 'second\n' });
      expect((await running).jobs[0]).toMatchObject({ verdict: 'Deleted' });
      expect((await podsOf(stage, 'running')).map(({ metadata }) => metadata?.ownerReferences?.[0]?.uid)).toEqual([(await cluster.get('running')).metadata?.uid]);
    },
  },
  {
    name: 'retry of what failed runs those indexes alone, told their index as before, and goes on with what an earlier retry left',
    async play(stage) {
      const { cluster } = stage;
      const spec = { completionMode: 'Indexed', completions: 4, parallelism: 4, backoffLimitPerIndex: 0 };
      const script = 'echo "$JOB_COMPLETION_INDEX $LABEL $ANNOTATION"; [ "$JOB_COMPLETION_INDEX" != 1 ] && { [ "$JOB_COMPLETION_INDEX" != 3 ] || [ -n "$RETRY" ]; }';
      const from = (fieldPath: string): object => ({ valueFrom: { fieldRef: { fieldPath } } });
      const env = [
        { name: 'LABEL', ...from("metadata.labels['batch.kubernetes.io/job-completion-index']") },
        { name: 'ANNOTATION', ...from("metadata.annotations['batch.kubernetes.io/job-completion-index']") },
        // What is there in a retry alone.
        { name: 'RETRY', ...from("metadata.labels['cdk8s-jobs/retry-of']") },
      ];
      expect((await run(stage, [shellJob('shards', script, spec, {}, { env })])).jobs).toMatchObject([{ verdict: 'Failed', reason: 'FailedIndexes' }]);
      const lines: string[] = [];
      const retry = (): Promise<RetryResult> =>
        cluster.retry('shards', { failed: true, timeoutSeconds: 120, onLog: ({ text }) => void lines.push(text) });
      const first = await retry();
      expect(first).toMatchObject({
        retryOf: 'shards', indexes: '1,3', ok: false, jobs: [{ name: 'shards-index-1', verdict: 'Failed' }, { name: 'shards-index-3', verdict: 'Complete' }],
      });
      expect(lines.sort()).toEqual(['1 1 1', '3 3 3']);
      const uids = first.jobs.map(({ uid }) => uid);
      const second = await retry();
      expect(second.jobs.map(({ verdict, uid }, position) => [verdict, uid === uids[position]])).toEqual([['Failed', false], ['Complete', true]]);
      const old = await cluster.get('shards');
      expect((await cluster.get('shards-index-3')).metadata).toMatchObject({
        labels: { 'cdk8s-jobs/retry-of': 'shards' }, ownerReferences: [{ kind: 'Job', uid: old.metadata?.uid }],
      });
      await cluster.delete('shards');
      await until('no Job', async () => ((await cluster.port.list(jobs)).items.length === 0 ? true : undefined));
    },
  },
  {
    name: 'no more indexes run again at once than the Job ran',
    async play(stage) {
      const spec = { completionMode: 'Indexed', completions: 3, parallelism: 1, backoffLimit: 0 };
      const { jobs: [verdict] } = await run(stage, [shellJob('narrow', `sleep ${stage.sleep(2)}; false`, spec)]);
      expect(verdict).toMatchObject({ verdict: 'Failed' });
      const result = await stage.cluster.retry('narrow', { failed: true, timeoutSeconds: 120 });
      expect(result).toMatchObject({ indexes: '0-2', ok: false });
      const runs = (await Promise.all(result.jobs.map(({ name }) => runTimes(stage, name ?? '')))).flat().sort((a, b) => a.from - b.from);
      expect(runs).toHaveLength(3);
      for (const [index, { from }] of runs.entries()) expect(from).toBeGreaterThanOrEqual(runs[index - 1]?.to ?? 0);
    },
  },
  {
    name: 'a suspended Job starts nothing until it is resumed, and stops when it is suspended again',
    async play(stage) {
      const { cluster } = stage;
      // How long it takes stands beside it: a pod that ended by itself would stay.
      const pace = (seconds: number): KubernetesObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'pace' }, data: { SECONDS: stage.sleep(seconds) } } as KubernetesObject);
      const paced = { envFrom: [{ configMapRef: { name: 'pace' } }] };
      const first = await run(stage, [pace(7200), shellJob('suspended', 'sleep "$SECONDS"; echo done', { suspend: true }, {}, paced)]);
      expect(first.jobs[0]).toMatchObject({ verdict: 'Suspended' });
      expect(await podsOf(stage, 'suspended')).toEqual([]);
      await cluster.resume('suspended');
      await until('a running pod', async () => ((await statusOf(stage, 'suspended')).ready === 1 ? true : undefined));
      await cluster.suspend('suspended');
      await until('no pod', async () => ((await podsOf(stage, 'suspended')).length === 0 ? true : undefined));
      expect(await statusOf(stage, 'suspended')).not.toHaveProperty('failed');
      await cluster.apply([pace(0)]);
      await cluster.resume('suspended');
      expect((await cluster.wait('suspended', { timeoutSeconds: 120 })).jobs[0]?.verdict).toBe('Complete');
    },
  },
  ...(['Background', 'Foreground', 'Orphan'] as const).map((cascade): EndToEndCase => ({
    name: `a running Job that is deleted with cascade ${cascade} is gone, ${cascade === 'Orphan' ? 'and its pods stay' : 'and so are its pods'}`,
    async play(stage) {
      const name = `cascade-${cascade.toLowerCase()}`;
      const running = run(stage, [shellJob(name, 'sleep 600')]);
      await until('a running pod', async () => ((await statusOf(stage, name)).ready === 1 ? true : undefined));
      await stage.cluster.delete(name, { cascade });
      expect((await running).jobs[0]).toMatchObject({ verdict: 'Deleted', gone: 'deleted' });
      if (cascade === 'Orphan') {
        expect(await podsOf(stage, name)).toMatchObject([{ status: { phase: 'Running' } }]);
        for (const pod of await podsOf(stage, name)) {
          await stage.cluster.port.delete({ resource: pods, name: pod.metadata?.name ?? '' }, { propagationPolicy: 'Background', gracePeriodSeconds: 0 });
        }
      }
      await until('no pod', async () => ((await podsOf(stage, name)).length === 0 ? true : undefined));
    },
  })),
  {
    name: 'a Job with ttl 0 that completes is Complete, though it is gone in the same moment',
    async play(stage) {
      // It lives until its pods have been listed, whatever else the machine does: of what was gone before, nothing can be read.
      const job = shellJob('ttl', `echo short life; sleep ${stage.sleep(10)}`, { ttlSecondsAfterFinished: 0 });
      const { jobs: [verdict], text } = await run(stage, [job]);
      expect(verdict).toMatchObject({ verdict: 'Complete', exitCode: 0 });
      expect(text).toBe('short life\n');
      await until('its end', async () => stage.cluster.get('ttl').then(() => undefined, (error: unknown) => (isNotFound(error) ? true : undefined)));
    },
  },
  {
    name: 'a CronJob fires at the full minute',
    async play(stage) {
      const { spec } = shellJob('tick', 'echo Scheduled job');
      const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'tick' }, spec: { schedule: '* * * * *', jobTemplate: { spec } } };
      await stage.cluster.apply([cronJob]);
      const name = await until('its first Job', async () => (await stage.cluster.port.list(jobs)).items[0]?.metadata?.name);
      expect(name).toMatch(/^tick-\d+$/);
      expect((await stage.cluster.wait(name, { timeoutSeconds: 120 })).jobs[0]?.verdict).toBe('Complete');
    },
  },
  {
    name: 'a CronJob that is triggered makes a Job of its own, with other arguments when asked',
    async play(stage) {
      const { spec } = shellJob('manual', 'echo "hello $WHO"');
      const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'manual' }, spec: { schedule: '0 0 1 1 *', jobTemplate: { spec } } };
      await stage.cluster.apply([cronJob]);
      const job = await stage.cluster.trigger('manual', { name: 'manual-now', env: { WHO: 'you' } });
      expect(job.metadata?.annotations).toMatchObject({ 'cronjob.kubernetes.io/instantiate': 'manual' });
      const lines: string[] = [];
      const { jobs: [verdict] } = await stage.cluster.wait('manual-now', { timeoutSeconds: 120, onLog: ({ bytes }) => void lines.push(Buffer.from(bytes).toString()) });
      expect({ verdict: verdict?.verdict, lines }).toEqual({ verdict: 'Complete', lines: ['hello you\n'] });
    },
  },
  {
    name: 'logs can be read while a Job runs and after it has ended',
    async play(stage) {
      const script = `echo first; sleep ${stage.sleep(30)}; echo last`;
      const during: string[] = [];
      const running = stage.cluster.run([shellJob('logs', script)], { timeoutSeconds: 120, onLog: ({ bytes }) => void during.push(Buffer.from(bytes).toString()) });
      await until('the first line', async () => (during[0] === 'first\n' ? true : undefined));
      expect(during).toEqual(['first\n']);
      await running;
      expect(during).toEqual(['first\n', 'last\n']);
      const after: string[] = [];
      await stage.cluster.logs('logs', { onLine: ({ bytes }) => void after.push(Buffer.from(bytes).toString()) });
      expect(after).toEqual(['first\n', 'last\n']);
    },
  },
  {
    name: 'an invalid Job is refused with the findings of the API server, and nothing starts',
    async play(stage) {
      const { jobs: [verdict], ok } = await run(stage, [shellJob('refused', 'true', { parallelism: -1 })]);
      expect(ok).toBe(false);
      expect(verdict).toMatchObject({ verdict: 'Refused', diagnosis: 'Invalid' });
      expect(await podsOf(stage, 'refused')).toEqual([]);
    },
  },
  {
    name: 'a wait that times out leaves the Job running',
    async play(stage) {
      const { jobs: [verdict], ok } = await run(stage, [shellJob('slow', 'sleep 600')], { timeoutSeconds: 3 });
      expect({ ok, verdict: verdict?.verdict }).toEqual({ ok: false, verdict: 'Running' });
      expect(verdict?.timedOutAfter).toBeGreaterThanOrEqual(3);
      expect(await stage.cluster.get('slow')).toMatchObject({ metadata: { name: 'slow' } });
    },
  },
  {
    name: 'the command line prints what the Job prints on stdout, all else on stderr, and ends with 0',
    async play(stage) {
      const { status, stdout, stderr } = await stage.runCommandLine([shellJob('cli-ok', 'echo Running job')]);
      expect({ status, stdout: stdout.replace(/^\S+ │ /gm, '') }).toEqual({ status: 0, stdout: 'Running job\n' });
      expect(stderr).toMatch(/Complete/);
    },
  },
  {
    name: 'the command line ends with the exit code of the container that decided',
    async play(stage) {
      const { status, stderr } = await stage.runCommandLine([shellJob('cli-bad', 'exit 7', { backoffLimit: 0 })]);
      expect(status).toBe(7);
      expect(stderr).toMatch(/Failed/);
    },
  },
  ...orderCases,
  ...outputCases,
];

async function podsOf({ cluster }: Stage, job: string): Promise<readonly KubernetesObject[]> {
  return (await cluster.port.list(pods, { labelSelector: `batch.kubernetes.io/job-name=${job}` })).items;
}

async function statusOf({ cluster }: Stage, job: string): Promise<JobStatus> {
  const object = await cluster.get(job).catch((error: unknown) => {
    if (isNotFound(error)) return {} as KubernetesObject;
    throw error;
  });
  return (object.status ?? {}) as JobStatus;
}

/** When the container of each pod ran, as the API has it: whole seconds. */
async function runTimes(stage: Stage, job: string): Promise<Array<{ from: number; to: number }>> {
  type Ended = { containerStatuses: Array<{ state: { terminated: { startedAt: string; finishedAt: string } } }> };
  return (await podsOf(stage, job)).map(({ status }) => {
    const { startedAt, finishedAt } = (status as Ended).containerStatuses[0]?.state.terminated ?? { startedAt: '', finishedAt: '' };
    return { from: Date.parse(startedAt), to: Date.parse(finishedAt) };
  });
}

function isNotFound(error: unknown): boolean {
  return error instanceof ClusterError && error.code === 'NOT_FOUND';
}
