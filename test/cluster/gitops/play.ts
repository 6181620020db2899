import type { GitOpsCase, Happening, Outcome, ToolCase } from './cases';
import { commitsOf } from './cases';
import { filesOf } from './committed';
import type { Followed, GitOpsProgram, ToolVerdict } from './tool';
import { createNamespace, deleteNamespace, list, until, type KubeObject, type TestCluster } from '../api';
import { recordNamespace, type Recorder } from '../failures/recorder';
import { patch } from '../harness/objects';

/** How many runs without a commit are taken for "for ever". */
const forEver = 3;

/** A cluster that others use too needs its time. */
const patienceMs = 120_000;

/** Lets a tool follow a repository in which a case happens, in a namespace of its own, and returns what became of the Job. */
export async function play(cluster: TestCluster, tool: GitOpsProgram, happens: GitOpsCase['happens'], toolCase: ToolCase): Promise<Outcome> {
  const namespace = await createNamespace(cluster, 'gitops');
  const recorder = await recordNamespace(cluster.api, namespace);
  try {
    const followed = await tool.follow(namespace, toolCase.delivery ?? {});
    return await watch(stageOf(cluster, namespace, recorder), followed, happens, toolCase);
  } finally {
    recorder.stop();
    await deleteNamespace(cluster, namespace);
  }
}

async function watch(stage: Stage, followed: Followed, happens: Happening, toolCase: ToolCase): Promise<Outcome> {
  const [first, second] = commitsOf(happens, toolCase).map(filesOf);
  await followed.push(first ?? {});
  if (happens === 'time passes') return (await stage.runsRepeatedly()) ? 'runs for ever' : 'runs once';
  if (happens === 'somebody resumes it in the cluster') return stage.resume();

  const before = await stage.untilComplete();
  if (second === undefined) return restWaited(before, await stage.untilRest()) ? 'the rest waits for it' : 'the rest does not wait';

  await verdictOf(followed);
  await followed.push(second);
  const verdict = await verdictOf(followed);
  if (!verdict.applied) return verdict.message.includes('field is immutable') ? 'refused: field is immutable' : 'refused';
  await stage.untilComplete();
  return difference(before, await stage.jobs());
}

function verdictOf(followed: Followed): Promise<ToolVerdict> {
  return until('what the tool says of the commit', () => followed.verdict(), patienceMs);
}

/** What a namespace shows of a case. */
interface Stage {
  jobs(): Promise<KubeObject[]>;
  /** Waits until there are Jobs and all of them are complete. */
  untilComplete(): Promise<KubeObject[]>;
  /** Waits until the ConfigMap beside the Job is there. */
  untilRest(): Promise<KubeObject>;
  /** Resumes the suspended Job, and waits until it is suspended again or complete. */
  resume(): Promise<'suspended again' | 'runs to its end'>;
  /** Whether the Job was made again and again. */
  runsRepeatedly(): Promise<boolean>;
}

function stageOf({ api }: TestCluster, namespace: string, { observations }: Recorder): Stage {
  const jobs = (): Promise<KubeObject[]> => list(api, `/apis/batch/v1/namespaces/${namespace}/jobs`);
  const seen = (): Set<string> =>
    new Set(observations.flatMap((each) => ('watch' in each && each.watch === 'jobs' ? [(each.object as KubeObject).metadata.uid] : [])));
  return {
    jobs,
    untilComplete: () => until(`the end of the Jobs of ${namespace}`, async () => {
      const found = await jobs();
      return found.length > 0 && found.every(({ status }) => status?.completionTime !== undefined) ? found : undefined;
    }, patienceMs),
    untilRest: () => until(`what is beside the Job in ${namespace}`, async () =>
      (await list(api, `/api/v1/namespaces/${namespace}/configmaps`)).find(({ metadata }) => metadata.name === 'rest'), patienceMs),
    async resume() {
      const { metadata: { name } } = await until(`the suspended Job of ${namespace}`, async () => (await jobs())[0], patienceMs);
      await patch(api, 'Job', namespace, name, { spec: { suspend: false } });
      return until(`what becomes of the Job of ${namespace} that was resumed`, async () => {
        const [job] = await jobs();
        if (job?.status?.completionTime !== undefined) return 'runs to its end';
        return (job?.spec as { readonly suspend?: boolean } | undefined)?.suspend === true ? 'suspended again' : undefined;
      }, patienceMs);
    },
    runsRepeatedly: () => until(`${forEver} runs in ${namespace}`, async () => seen().size >= forEver || undefined, patienceMs).catch(() => false),
  };
}

/** Times of the API are whole seconds. */
function restWaited(jobs: readonly KubeObject[], rest: KubeObject): boolean {
  return jobs.every(({ status }) => Date.parse(status.completionTime as string) <= Date.parse(rest.metadata.creationTimestamp));
}

function difference(before: readonly KubeObject[], after: readonly KubeObject[]): Outcome {
  const old = before.map(({ metadata }) => after.find(({ metadata: { uid } }) => uid === metadata.uid));
  const isNew = after.some(({ metadata: { uid } }) => before.every(({ metadata }) => metadata.uid !== uid));
  if (isNew) return old.every((each) => each === undefined) ? 'runs again; the old one is deleted' : 'runs again; the old one stays';
  const changed = before.some((each, index) => each.metadata.generation !== old[index]?.metadata.generation);
  return changed ? 'in place' : 'unchanged';
}
