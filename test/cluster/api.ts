import { execFile } from 'node:child_process';
import { readClusterRecord, type ClusterRecord } from './harness/cluster-record';
import { openKubeApi, type KubeAnswer, type KubeApi } from './kube-api';

/** The cluster that the tests of this run share. */
export interface TestCluster extends ClusterRecord {
  /** The API server, as an administrator. */
  readonly api: KubeApi;
}

/** What a program printed and how it ended. */
export interface ProgramResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The cluster that Jest's global setup found or started. */
export function testCluster(): TestCluster {
  const recordFile = process.env.CDK8S_JOBS_TEST_CLUSTER;
  if (recordFile === undefined) throw new Error('Cannot find the test cluster: run "npm run test:cluster"');
  const record = readClusterRecord(recordFile);
  return { ...record, api: openKubeApi(record.kubeconfig) };
}

/** Makes a namespace of its own for a test, ready for pods, and returns its name: `prefix` and a random end. */
export async function createNamespace({ api }: TestCluster, prefix: string): Promise<string> {
  const { body } = await api.mustRequest('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { generateName: `${prefix}-` } });
  const { name } = (body as { metadata: { name: string } }).metadata;
  // The controller manager makes it a moment later, and no pod is admitted before.
  await until(`service account of ${name}`, async () => tryGet(api, `/api/v1/namespaces/${name}/serviceaccounts/default`));
  return name;
}

/** Begins the deletion of a namespace and all that is in it; does not wait for its end. */
export async function deleteNamespace({ api }: TestCluster, name: string): Promise<void> {
  await api.mustRequest('DELETE', `/api/v1/namespaces/${name}`);
}

/** The server's version as `1.37`. */
export async function serverVersion(api: KubeApi): Promise<string> {
  const { body } = await api.mustRequest('GET', '/version');
  return (body as { gitVersion: string }).gitVersion.replace(/^v(\d+\.\d+).*$/, '$1');
}

/** The object at a path of the API; undefined when there is none. */
export async function tryGet(api: KubeApi, path: string): Promise<KubeObject | undefined> {
  const answer = await api.request('GET', path);
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw new Error(`GET ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body as KubeObject;
}

/** The objects of a list. */
export async function list(api: KubeApi, path: string): Promise<KubeObject[]> {
  return ((await api.mustRequest('GET', path)).body as { items: KubeObject[] }).items;
}

/** An object as the API server returns it; tests look into spec and status as they need. */
export interface KubeObject {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly spec?: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly status?: any;
}

/**
 * Asks the cluster until it gives an answer that is not undefined, and returns it: the only place where a test of the cluster waits.
 *
 * @throws {Error} that names what did not come about in time
 */
export async function until<Answer>(what: string, ask: () => Promise<Answer | undefined>, timeoutMs = 60_000): Promise<Answer> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Cannot wait longer than ${timeoutMs / 1000} s for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Waits until a Job has the condition with status True, and returns the Job. */
export function untilJobCondition(api: KubeApi, namespace: string, name: string, type: string, timeoutMs = 60_000): Promise<KubeObject> {
  return until(`Job ${namespace}/${name} ${type}`, async () => {
    const job = await tryGet(api, `/apis/batch/v1/namespaces/${namespace}/jobs/${name}`);
    const conditions = (job?.status?.conditions ?? []) as Array<{ type: string; status: string }>;
    return conditions.some((condition) => condition.type === type && condition.status === 'True') ? job : undefined;
  }, timeoutMs);
}

/** Makes a user of the namespace who may do just what the rules of a Role say, and returns the token. */
export async function createUser({ api }: TestCluster, namespace: string, name: string, rules: readonly object[]): Promise<string> {
  const metadata = { name };
  const rbac = 'rbac.authorization.k8s.io';
  await api.mustRequest('POST', `/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata });
  await api.mustRequest('POST', `/apis/${rbac}/v1/namespaces/${namespace}/roles`, { metadata, rules });
  await api.mustRequest('POST', `/apis/${rbac}/v1/namespaces/${namespace}/rolebindings`, {
    metadata,
    roleRef: { apiGroup: rbac, kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
  const { body } = await api.mustRequest('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, {});
  return (body as { status: { token: string } }).status.token;
}

/** Runs kubectl of the cluster's version as its administrator; `input` goes to its stdin. */
export function kubectl(cluster: TestCluster, args: readonly string[], input = ''): Promise<ProgramResult> {
  return runProgram(cluster.kubectl, args, { KUBECONFIG: cluster.kubeconfig }, input);
}

/** Runs a program to its end with some environment added, and returns what it printed. */
export function runProgram(
  command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}, input = '',
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') {
        reject(error);
        return;
      }
      resolve({ status: Number(error?.code ?? 0), stdout, stderr });
    });
    // A program that reads no input may end before this has been written.
    child.stdin?.on('error', () => {}).end(input);
  });
}

export type { KubeAnswer, KubeApi };
