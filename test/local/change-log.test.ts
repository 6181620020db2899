import { ChangeLog } from '../../src/local/change-log';
import type { WatchEvent } from '../../src/port/cluster-port';
import { jobs, pods } from '../../src/port/resources';

const event = (version: number, name = 'j', type: WatchEvent['type'] = 'ADDED'): WatchEvent =>
  ({ type, object: { metadata: { name, namespace: 'default', resourceVersion: String(version) } } });

async function collect(changes: AsyncIterable<WatchEvent>): Promise<string[]> {
  const seen: string[] = [];
  for await (const { type, object } of changes) seen.push(`${type} ${object.metadata?.name} ${object.metadata?.resourceVersion}`);
  return seen;
}

test('a watch delivers what came after its version and what comes later, of its kind and selection only', async () => {
  const log = new ChangeLog();
  log.publish(jobs, event(1));
  log.publish(jobs, event(2, 'other'));
  log.publish(pods, event(3));
  const watch = collect(log.watch(jobs, { resourceVersion: '1', fieldSelector: 'metadata.name=j' }, 'default', new AbortController().signal));
  log.publish(jobs, event(4, 'j', 'MODIFIED'));
  await Promise.resolve();
  log.publish(jobs, event(5, 'j', 'DELETED'));
  log.close();
  expect(await watch).toEqual(['MODIFIED j 4', 'DELETED j 5']);
});

test('an aborted watch ends without an error', async () => {
  const abort = new AbortController();
  const watch = collect(new ChangeLog().watch(jobs, { resourceVersion: '0' }, 'default', abort.signal));
  abort.abort();
  expect(await watch).toEqual([]);
});

test('a version older than the history has expired', async () => {
  const log = new ChangeLog();
  for (let version = 1; version <= 45_000; version += 1) log.publish(jobs, event(version));
  const old = collect(log.watch(jobs, { resourceVersion: '5' }, 'default', new AbortController().signal));
  await expect(old).rejects.toMatchObject({ code: 'EXPIRED', status: 410 });
});
