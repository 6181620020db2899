import { createNamespace, deleteNamespace, serverVersion, testCluster } from './api';
import { askServer, type ValidationAnswer } from './validation/server-answer';
import { askServerOfUpdate } from './validation/server-update';
import { decodeVectors, updateVectors, validationVectors, type ValidationVector } from './validation/vectors';

const cluster = testCluster();
const { api } = cluster;

test('the server answers every recorded manifest as it was recorded', async () => {
  const differences = await differencesOf(validationVectors(), ({ text }) => askServer(api, text));
  expect(differences).toEqual([]);
});

test('the server answers every recorded change as it was recorded', async () => {
  const differences = await differencesOf(updateVectors(), async ({ old, text }) => {
    const namespace = await createNamespace(cluster, 'update');
    try {
      return await askServerOfUpdate(api, namespace, old, text);
    } finally {
      await deleteNamespace(cluster, namespace);
    }
  });
  expect(differences).toEqual([]);
});

test.each(decodeVectors())('the server answers the body $id with $httpStrict', async ({ body, httpStrict }) => {
  const { status } = await api.requestText('POST', '/apis/batch/v1/namespaces/default/jobs?dryRun=All&fieldValidation=Strict', body);
  expect(status).toBe(httpStrict);
});

/** The vectors whose live answer is another than the recorded one, with both; without those that this server cannot be asked. */
async function differencesOf<Vector extends ValidationVector>(
  vectors: readonly Vector[], ask: (vector: Vector) => Promise<ValidationAnswer | undefined>,
): Promise<object[]> {
  const version = await serverVersion(api);
  const answered = vectors.filter(({ answerOf }) => answerOf(version) !== undefined);
  const answers = await Promise.all(answered.map(async (vector) => {
    const live = await ask(vector);
    return { id: vector.id, recorded: vector.answerOf(version), live };
  }));
  const asked = answers.filter(({ live }) => live !== undefined);
  expect(asked.length).toBeGreaterThan(0.9 * vectors.length);
  return asked.filter(({ recorded, live }) => {
    // Words are compared where they were recorded.
    const comparable = recorded?.words === undefined ? { stage: live?.stage, errors: live?.errors } : live;
    return JSON.stringify(recorded) !== JSON.stringify(comparable);
  });
}
