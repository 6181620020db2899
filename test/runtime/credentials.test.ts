/** Credentials that expire in the middle of a run: renewed once, and an error in words when that does not help. */
import { FakeApiServer } from './fake-api-server';
import { jobManifest, withCondition } from './objects';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { jobs } from '../../src/port/resources';
import type { Identity } from '../../src/runtime/connection/identity';
import { KubernetesCluster } from '../../src/runtime/connection/kubernetes-cluster';
import { runJobs } from '../../src/runtime/run';

/** Logs in again when asked to, as an exec plugin does. */
class Login {
  public times = 0;
  public token = 'first';

  public constructor(private readonly server: FakeApiServer, private readonly helps: boolean) {}

  public get identity(): Identity {
    return {
      ...this.server.identity(),
      credentials: async (isRenewed) => {
        if (isRenewed) this.times += 1;
        if (isRenewed && this.helps) this.token = 'second';
        return { headers: { Authorization: `Bearer ${this.token}` }, tls: {} };
      },
    };
  }
}

async function runOver(helps: boolean): Promise<{ outcome: unknown; login: Login; server: FakeApiServer }> {
  const server = new FakeApiServer();
  await server.start();
  const login = new Login(server, helps);
  let job: KubernetesObject = {};
  server.cluster.onApply = (applied) => { job = applied; };
  const quick = { backoff: { first: 1, longest: 5 } };
  const cluster = new KubernetesCluster(login.identity, quick);
  const run = runJobs(cluster, jobManifest('demo'), { ...quick, timeoutSeconds: 20 }).catch((error: unknown) => error);
  while (server.cluster.openStreams('jobs') === 0 || server.cluster.openStreams('pods') === 0) await new Promise((resolve) => setImmediate(resolve));
  login.token = 'expired';
  for (const kind of ['jobs', 'pods', 'events']) server.breakStreams(kind, 'reset');
  server.cluster.put(withCondition(job, 'Complete', 'CompletionsReached'));
  const outcome = await run;
  await cluster.close();
  await server.stop();
  return { outcome, login, server };
}

test('a token that expires while the run goes on is renewed, and the run ends as it should', async () => {
  const { outcome, login } = await runOver(true);
  expect(outcome).toMatchObject({ ok: true, jobs: [{ verdict: 'Complete' }] });
  expect(login.times).toBe(1);
});

test('a login that does not help is an error, and is not tried for ever', async () => {
  const { outcome, login } = await runOver(false);
  expect(outcome).toMatchObject({ code: 'UNAUTHENTICATED', hint: expect.stringContaining('log in again') as string });
  expect(login.times).toBeLessThanOrEqual(3);
});

test('calls that find out at the same time share one login', async () => {
  const server = new FakeApiServer();
  await server.start();
  const login = new Login(server, true);
  login.token = 'expired';
  let finish: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => { finish = resolve; });
  const { identity } = login;
  const credentials: Identity['credentials'] = async (isRenewed) => {
    const made = await identity.credentials(isRenewed);
    if (isRenewed) await slow;
    return made;
  };
  const expired = { ...identity, credentials };
  const cluster = new KubernetesCluster({ ...expired, credentials: async (isRenewed) => (isRenewed ? credentials(true) : { headers: { Authorization: 'Bearer expired' }, tls: {} }) });
  const calls = Promise.all([1, 2, 3].map(() => cluster.list(jobs)));
  while (server.requests.length < 3) await new Promise((resolve) => setImmediate(resolve));
  // All three have their 401 before the login is through.
  setTimeout(finish, 50);
  await calls;
  expect(login.times).toBe(1);
  await cluster.close();
  await server.stop();
});
