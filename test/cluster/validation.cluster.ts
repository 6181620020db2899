import { serverVersion, testCluster } from './api';
import { askServer } from './validation/server-answer';
import { validationVectors } from './validation/vectors';

const { api } = testCluster();

test('the server answers every recorded manifest as it was recorded', async () => {
  const version = await serverVersion(api);
  const recorded = validationVectors().filter(({ answerOf }) => answerOf(version) !== undefined);
  expect(recorded.length).toBeGreaterThan(500);
  const answers = await Promise.all(recorded.map(async ({ id, text, answerOf }) => ({
    id, recorded: answerOf(version), live: await askServer(api, text),
  })));
  expect(answers.filter(({ recorded: expected, live }) => JSON.stringify(expected) !== JSON.stringify(live))).toEqual([]);
});
