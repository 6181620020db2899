import { once } from 'node:events';
import { type GraphCase, graphCases, levelsOf } from '../graphs';
import { type EndToEndCase, run, shellJob, type Stage, until } from './stage';
import type { JobStatus } from '../../src/api/kubernetes';
import type { KubernetesObject } from '../../src/port/cluster-port';
import type { Progress, RunResult } from '../../src/runtime/run-options';

/** A Job that starts when those named are complete. */
function after(names: string, job: KubernetesObject): KubernetesObject {
  return names === '' ? job : { ...job, metadata: { ...job.metadata, annotations: { 'cdk8s-jobs/after': names } } };
}

const verdictsOf = ({ jobs }: RunResult): unknown => Object.fromEntries(jobs.map(({ name, verdict, message }) =>
  [name, verdict === 'NotStarted' ? `${verdict}: ${message}` : verdict]));

/** When a Job began and when it was complete, as its status has it: whole seconds. */
async function spanOf({ cluster }: Stage, name: string): Promise<{ readonly from: number; readonly to: number }> {
  const { startTime = '', completionTime = '' } = ((await cluster.get(name)).status ?? {}) as JobStatus;
  return { from: Date.parse(startTime), to: Date.parse(completionTime) };
}

/** Expects that each Job began no earlier than those that it waits for were complete. */
async function expectOrder(stage: Stage, before: Readonly<Record<string, readonly string[]>>): Promise<void> {
  for (const [name, earlier] of Object.entries(before)) {
    const { from } = await spanOf(stage, name);
    for (const other of earlier) expect(from).toBeGreaterThanOrEqual((await spanOf(stage, other)).to);
  }
}

/** A graph that is written once for all that follows an order. */
function playGraph(graph: GraphCase): EndToEndCase {
  return {
    name: `in its order runs ${graph.name}`,
    async play(stage) {
      const manifests = Object.entries(graph.jobs).map(([name, earlier]) =>
        after(earlier.join(','), shellJob(name, graph.failing.includes(name) ? 'exit 5' : 'true', { backoffLimit: 0 })));
      const result = await run(stage, manifests, { timeoutSeconds: 900 });
      expect(verdictsOf(result)).toEqual(graph.ends);
      expect(result.jobs.map(({ name }) => name)).toEqual(Object.keys(graph.jobs));
      await expectOrder(stage, Object.fromEntries(Object.entries(graph.jobs).filter(([name]) => !graph.ends[name]?.startsWith('NotStarted'))));
      const left = result.jobs.filter(({ verdict }) => verdict === 'NotStarted');
      for (const { name } of left) await expect(stage.cluster.get(name ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    },
  };
}

/** Jobs that wait for one another. */
export const orderCases: readonly EndToEndCase[] = [
  ...graphCases.map(playGraph),
  {
    name: 'the sides of a diamond run beside each other, and its end waits for both',
    async play(stage) {
      const side = `sleep ${stage.sleep(10)}`;
      const told: string[] = [];
      const onProgress = (progress: Progress): void => {
        if (progress.type === 'applied') told.push(`begins ${progress.applied.object.metadata?.name}`);
        if (progress.type === 'ended') told.push(`ends ${progress.verdict.name}`);
      };
      const result = await run(stage, [
        shellJob('top', 'true'), after('top', shellJob('left', side)), after('top', shellJob('right', side)), after('left, right', shellJob('bottom', 'true')),
      ], { onProgress });
      expect(result.ok).toBe(true);
      expect(told.slice(0, 4)).toEqual(['begins top', 'ends top', 'begins left', 'begins right']);
      expect(told.slice(6)).toEqual(['begins bottom', 'ends bottom']);
      await expectOrder(stage, { left: ['top'], right: ['top'], bottom: ['left', 'right'] });
    },
  },
  {
    name: 'run again, what is complete stays and the rest goes on',
    async play(stage) {
      const manifests = [shellJob('again-a', 'echo a'), after('again-a', shellJob('again-b', `sleep ${stage.sleep(5)}; echo b`)), after('again-b', shellJob('again-c', 'echo c'))];
      const stop = new AbortController();
      const first = run(stage, manifests, { signal: stop.signal });
      await until('the second Job', async () => stage.cluster.get('again-b').catch(() => undefined));
      stop.abort();
      expect(verdictsOf(await first)).toEqual({ 'again-a': 'Complete', 'again-b': 'Running', 'again-c': 'NotStarted: interrupted' });
      const { uid } = (await stage.cluster.get('again-a')).metadata ?? {};
      const second = await run(stage, manifests);
      expect(second.ok).toBe(true);
      expect((await stage.cluster.get('again-a')).metadata?.uid).toBe(uid);
      await expectOrder(stage, { 'again-c': ['again-b'] });
    },
  },
  {
    name: 'a Job that waits for one that is not run here starts when that one is complete already, and is refused else',
    async play(stage) {
      await expect(run(stage, [after('there', shellJob('alone', 'true'))])).rejects.toMatchObject({
        code: 'INVALID', message: expect.stringContaining('there is no such Job among what is run, nor in the cluster'),
      });
      expect((await run(stage, [shellJob('there', 'true')])).ok).toBe(true);
      expect((await run(stage, [after('there', shellJob('alone', 'true'))])).ok).toBe(true);
    },
  },
  {
    name: 'a circle is refused in words, and nothing is started',
    async play(stage) {
      const { status, stderr } = await stage.runCommandLine([after('ring-b', shellJob('ring-a', 'true')), after('ring-a', shellJob('ring-b', 'true'))]);
      expect({ status, stderr }).toMatchObject({ status: 125, stderr: expect.stringContaining('none of these can begin: ring-a waits for ring-b waits for ring-a') });
    },
  },
  {
    name: 'a ConfigMap that waits for a Job is applied after it, and no more Jobs than allowed run at once',
    async play(stage) {
      const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { MODE: 'late' } };
      const reads = { containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', 'echo "$MODE"'], envFrom: [{ configMapRef: { name: 'settings' } }] }] };
      const pauses = `sleep ${stage.sleep(3)}`;
      const result = await run(stage, [
        after('first', settings), shellJob('first', pauses), after('first', shellJob('reader', '', {}, reads)), shellJob('other', pauses),
      ], { maxParallel: 1 });
      expect(result.ok).toBe(true);
      expect(result.text).toBe('late\n');
      await expectOrder(stage, { reader: ['first'], other: ['first'] });
    },
  },
];

/** What Jobs hand to later ones. */
export const outputCases: readonly EndToEndCase[] = [
  {
    name: 'an output is filled into the variables and arguments of a later Job, as data, and that of an Indexed Job is a list',
    async play(stage) {
      const value = 'ten $(HOME) $$ "x"';
      const args = ['sh', '-c', 'printf "%s\\n" "$ROWS" "$0"', '<cdk8s-jobs:output/parts/part>'];
      const env = [{ name: 'ROWS', value: 'rows: <cdk8s-jobs:output/extract/rows>' }];
      const result = await run(stage, [
        shellJob('extract', `printf '%s\\n' ignored 'rows=${value.replaceAll('$', '$$$$')}' > /dev/termination-log`),
        shellJob('parts', 'echo "part=$JOB_COMPLETION_INDEX" > /dev/termination-log', { completionMode: 'Indexed', completions: 3, parallelism: 3 }),
        after('extract,parts', shellJob('load', '', {}, {}, { command: args, env })),
      ]);
      expect(verdictsOf(result)).toEqual({ extract: 'Complete', parts: 'Complete', load: 'Complete' });
      expect(result.text).toBe(`rows: ${value}\n["0","1","2"]\n`);
      const { metadata: { annotations = {} } = {} } = await stage.cluster.get('load');
      expect(JSON.parse(annotations['cdk8s-jobs/inputs'] ?? '')).toEqual({ 'extract/rows': value, 'parts/part': '["0","1","2"]' });
    },
  },
  {
    name: 'a Job whose output is missing is not started, in words; the same run again changes nothing',
    async play(stage) {
      const needs = (name: string, output: string): KubernetesObject =>
        after('written', shellJob(name, 'echo "$IN"', {}, {}, { env: [{ name: 'IN', value: `<cdk8s-jobs:output/written/${output}>` }] }));
      const manifests = [shellJob('written', 'echo a=1 > /dev/termination-log'), needs('finds', 'a'), needs('misses', 'b')];
      const { jobs } = await run(stage, manifests);
      expect(jobs.map(({ verdict, diagnosis }) => [verdict, diagnosis])).toEqual([
        ['Complete', 'Succeeded'], ['Complete', 'Succeeded'], ['NotStarted', 'OutputMissing'],
      ]);
      expect(jobs[2]?.message).toMatch(/^output b of written is missing: no container of pod written-\S+ wrote a line b=… into its termination message$/);
      const { uid } = (await stage.cluster.get('finds')).metadata ?? {};
      expect((await run(stage, manifests)).jobs.map(({ verdict }) => verdict)).toEqual(['Complete', 'Complete', 'NotStarted']);
      expect((await stage.cluster.get('finds')).metadata?.uid).toBe(uid);
    },
  },
  {
    name: 'outputs are found again by whoever goes on with a run',
    async play(stage) {
      const reads = after('extract', shellJob('reads', `sleep ${stage.sleep(2)}; echo "$IN"`, {}, {}, { env: [{ name: 'IN', value: '<cdk8s-jobs:output/extract/rows>' }] }));
      const manifests = [shellJob('extract', 'echo rows=7 > /dev/termination-log'), after('extract', shellJob('between', `sleep ${stage.sleep(5)}`)), after('between', reads)];
      const stop = new AbortController();
      const first = run(stage, manifests, { signal: stop.signal });
      await until('the second Job', async () => stage.cluster.get('between').catch(() => undefined));
      stop.abort();
      await first;
      const second = await run(stage, manifests);
      expect([second.ok, second.text]).toEqual([true, '7\n']);
    },
  },
];

/** What a run leaves that is killed, which the local engine does not outlive. */
export const killedCase: EndToEndCase = {
  name: 'a run that was killed is gone on with: what is complete stays, what works is waited for, the rest starts',
  async play(stage) {
    const manifests = [
      shellJob('killed-a', 'echo rows=7 > /dev/termination-log'), after('killed-a', shellJob('killed-b', `sleep ${stage.sleep(stage.type === 'local' ? 60 : 10)}; echo b`)),
      after('killed-a,killed-b', shellJob('killed-c', 'echo "$IN"', {}, {}, { env: [{ name: 'IN', value: '<cdk8s-jobs:output/killed-a/rows>' }] })),
    ];
    const child = stage.startCommandLine?.(manifests);
    if (child === undefined) throw new Error('this stage starts no processes');
    const ended = once(child, 'close');
    const uidOf = async (name: string): Promise<unknown> => (await stage.cluster.get(name)).metadata?.uid;
    await until('the second Job', async () => uidOf('killed-b').catch(() => undefined));
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    const before = [await uidOf('killed-a'), await uidOf('killed-b')];
    await expect(stage.cluster.get('killed-c')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const result = await run(stage, manifests);
    expect(verdictsOf(result)).toEqual({ 'killed-a': 'Complete', 'killed-b': 'Complete', 'killed-c': 'Complete' });
    expect([await uidOf('killed-a'), await uidOf('killed-b')]).toEqual(before);
    expect(result.text).toContain('7\n');
    await expectOrder(stage, { 'killed-b': ['killed-a'], 'killed-c': ['killed-b'] });
  },
};

/** The same with many levels of so many Jobs: a real cluster has this machine to itself then. */
export const largeOrderCase = (perLevel: number): EndToEndCase => playGraph(levelsOf(20, perLevel));
