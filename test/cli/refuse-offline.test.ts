import { refuseOffline } from '../../src/cli/run/located-errors';
import { Output } from '../../src/cli/terminal/output';
import { Cluster } from '../../src/runtime/cluster';
import { readManifests } from '../../src/yaml/read-manifests';
import { FakeCluster } from '../runtime/fake-cluster';
import { jobManifest } from '../runtime/objects';

/** What is said and thrown of a Job that no version accepts, on a cluster that says it is the given version. */
async function refuse(version: string | undefined): Promise<{ readonly talk: string; readonly error: unknown }> {
  let talk = '';
  const output = new Output({ write: () => undefined }, { write: (text) => { talk += String(text); } }, {});
  const cluster = new Cluster(Object.assign(new FakeCluster(), { version: async () => version }));
  const object = jobManifest('one', { parallelism: -1 });
  const located = readManifests(JSON.stringify(object)).map((document) => ({ object, file: 'job.yaml', document, position: 1, pathPrefix: '' }));
  const error = await refuseOffline('apply', cluster, located, output).then(() => undefined, (thrown: unknown) => thrown);
  return { talk, error };
}

test('what the version of the cluster refuses is refused, and nothing else is said', async () => {
  const { talk, error } = await refuse('v1.36.1');
  expect({ talk, error }).toEqual({ talk: '', error: expect.objectContaining({ message: expect.stringContaining('Cannot apply job.yaml:1') }) });
});

test.each<readonly [string | undefined, string]>([
  ['v1.99.0', 'the cluster says that its version is v1.99.0, whose rules are not known here'],
  [undefined, 'the cluster does not tell its version'],
])('on a cluster of version %s it is a warning', async (version, why) => {
  const fault = 'Job.batch "one" is invalid: spec.parallelism: Invalid value: -1: must be greater than or equal to 0';
  expect(await refuse(version)).toEqual({ talk: `warning: ${why}; by the rules of 1.37, ${fault}\n`, error: undefined });
});
