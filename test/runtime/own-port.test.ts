/** A cluster of the user's own: what it must bring, and the rules that it is judged by. */
import { jobManifest } from './objects';
import { judgeOffline } from '../../src/runtime/preflight';
import { Cluster, ClusterError, type ClusterPort, type KubernetesObject, ManifestsRefusedError } from 'cdk8s-jobs/runtime';

/** A port that keeps objects by name, and says that it is the given version. */
function ownPort(version: string | undefined, written = new Map<string, KubernetesObject>()): ClusterPort {
  const missing = (name: string): ClusterError => new ClusterError('NOT_FOUND', `${name} not found`, { status: 404, reason: 'NotFound' });
  const write = async (object: KubernetesObject, { dryRun }: { readonly dryRun?: boolean } = {}): ReturnType<ClusterPort['apply']> => {
    if (dryRun !== true) written.set(object.metadata?.name ?? '', object);
    return { object, code: 201, warnings: [] };
  };
  const find = async ({ name }: { readonly name: string }): Promise<KubernetesObject> => {
    const object = written.get(name);
    if (object === undefined) throw missing(name);
    return object;
  };
  return {
    description: { type: 'kubernetes', name: 'of my own' },
    capabilities: { outlivesProcess: true, runsImages: true },
    namespace: 'default',
    version: async () => version,
    create: write,
    apply: write,
    get: find,
    list: async () => ({ items: [...written.values()], resourceVersion: '1' }),
    async *watch() { /* Nothing changes. */ },
    patch: async (reference) => ({ object: await find(reference), code: 200, warnings: [] }),
    delete: async (reference) => ({ object: await find(reference), code: 200, warnings: [] }),
    async *logs() { /* Nothing is said. */ },
    close: async () => undefined,
  };
}

/** Refused from 1.33 on. */
const newlyWrong = podWith({ hostUsers: false, hostPID: true });
/** Refused by all versions. */
const everWrong = jobManifest('two', { parallelism: -1 });

function podWith(fields: object): KubernetesObject {
  const job = jobManifest('two');
  const { template, ...spec } = job.spec as { template: { spec: object } };
  return { ...job, spec: { ...spec, template: { ...template, spec: { ...template.spec, ...fields } } } };
}

/** What a second object beside a good one leaves behind. */
async function apply(version: string | undefined, second: KubernetesObject): Promise<{ written: string[]; error: unknown }> {
  const written = new Map<string, KubernetesObject>();
  const cluster = new Cluster(ownPort(version, written));
  const error = await cluster.apply([jobManifest('one'), second]).then(() => undefined, (thrown: unknown) => thrown);
  return { written: [...written.keys()], error };
}

test.each([['v1.33.1'], ['1.33'], ['v1.36.2-own+build.1']])('what that version refuses is refused on a port that says it is %s', async (version) => {
  const { written, error } = await apply(version, newlyWrong);
  expect(error).toBeInstanceOf(ManifestsRefusedError);
  expect(error).toMatchObject({ findings: [{ field: 'spec.template.spec.HostPID', type: 'Forbidden' }] });
  expect(written).toEqual([]);
});

test.each([['v1.32.9'], ['1.31']])('what that version does not know of is written on a port that says it is %s', async (version) => {
  expect(await apply(version, newlyWrong)).toEqual({ written: ['one', 'two'], error: undefined });
  expect((await apply(version, everWrong)).written).toEqual([]);
});

test.each([['v1.99.0'], ['unknown'], [undefined]])('a port that says it is %s decides by itself', async (version) => {
  expect(await apply(version, everWrong)).toEqual({ written: ['one', 'two'], error: undefined });
});

test.each<readonly [string, string | undefined, string]>([
  ['that is not known', 'v1.99.0', 'the cluster says that its version is v1.99.0, whose rules are not known here'],
  ['that is not told', undefined, 'the cluster does not tell its version'],
])('a version %s is said in words, with what the newest rules refuse', async (_, version, why) => {
  const fault = 'Job.batch "two" is invalid: spec.parallelism: Invalid value: -1: must be greater than or equal to 0';
  expect(await judgeOffline(ownPort(version), [jobManifest('one'), everWrong])).toEqual({ refusals: [], doubt: `${why}; by the rules of 1.37, ${fault}` });
  expect(await judgeOffline(ownPort(version), [jobManifest('one')])).toEqual({ refusals: [] });
});

test('a version that cannot be asked for is an error, and nothing is written', async () => {
  const unreachable = new ClusterError('UNREACHABLE', 'connection refused');
  const written = new Map<string, KubernetesObject>();
  const port: ClusterPort = { ...ownPort('1.36', written), version: () => Promise.reject(unreachable) };
  await expect(new Cluster(port).apply([jobManifest('one'), everWrong])).rejects.toBe(unreachable);
  expect(written.size).toBe(0);
});
