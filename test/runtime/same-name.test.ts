import { jobManifest } from './objects';
import { ManifestsRefusedError } from '../../src/runtime/apply-errors';
import { localCluster } from '../../src/runtime/local';

const inNamespace = (namespace: string): object => ({ ...jobManifest('demo'), metadata: { name: 'demo', namespace } });

test.each<[string, object[]]>([
  ['twice', [jobManifest('demo'), jobManifest('demo')]],
  ['once in the namespace of the cluster, and once without', [jobManifest('demo'), inNamespace('media')]],
])('neither run nor apply takes a name that is given %s: nothing is written', async (_, manifests) => {
  const cluster = await localCluster({ namespace: 'media' });
  const words = /demo.*Duplicate value: "demo": manifest 1 of 2 has it too/;
  const errors = await Promise.all([cluster.run(manifests), cluster.apply(manifests)].map((call) => call.catch((error: unknown) => error)));
  for (const error of errors) expect(error).toMatchObject({ message: expect.stringMatching(words) as string });
  for (const error of errors) expect(error).toBeInstanceOf(ManifestsRefusedError);
  await expect(cluster.get('demo')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await cluster.close();
});

test('another namespace is another name', async () => {
  const cluster = await localCluster({ namespace: 'media' });
  expect(await cluster.apply([inNamespace('media'), inNamespace('other')])).toHaveLength(2);
  await cluster.close();
});
