import { serverVersion, testCluster } from './api';
import { mutate, seededRandom } from './validation/mutate';
import { agree, askValidator } from './validation/offline-answer';
import { askServer, type ValidationAnswer } from './validation/server-answer';
import { validationVectors } from './validation/vectors';

const { api } = testCluster();
// Without integers that JavaScript would change on the way.
const vectors = validationVectors().filter(({ text }) => !/\d{16}/.test(text));
/** Another seed tries other manifests; the default stays, so that the same commit gives the same result. */
const seed = Number(process.env.CDK8S_JOBS_TEST_SEED ?? 1);
const mutations = 1000;

test(`the offline validator says what the server says of ${mutations} manifests changed at random (CDK8S_JOBS_TEST_SEED=${seed})`, async () => {
  const version = await serverVersion(api);
  const random = seededRandom(seed);
  const any = (): object => vectors[Math.floor(random() * vectors.length)]?.manifest ?? {};
  const texts = new Set<string>();
  while (texts.size < mutations) texts.add(JSON.stringify(mutate(any(), any(), random)));
  const answers = await Promise.all([...texts].map(async (text) => ({
    text, server: await askServer(api, text), validator: askValidator(JSON.parse(text) as object, version),
  })));
  const disagreements = answers.filter(({ server, validator }) => !agree(server, validator)).sort((a, b) => a.text.length - b.text.length);
  expect(disagreements.map(({ text, server, validator }) => `${text}\n  server: ${inWords(server)}\n  validator: ${inWords(validator)}`)).toEqual([]);
});

function inWords({ stage, errors }: ValidationAnswer): string {
  return [stage, ...errors].join(', ');
}
