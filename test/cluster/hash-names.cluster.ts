/** Names from content, decided by the real API server: it takes each new name beside the old, and under one name what keeps its hash. */
import { createNamespace, deleteNamespace, testCluster } from './api';
import { randomChanges } from './validation/changes';
import { answerOf, type ValidationAnswer } from './validation/server-answer';
import { askServerOfUpdate } from './validation/server-update';
import { hashedName } from '../../src/gitops/content-hash';
import { type CommittedJob, hashOptions, isException, pairOf } from '../gitops/hash-pairs';

const cluster = testCluster();
const { api } = cluster;
/** Another seed tries other pairs; the default stays, so that the same commit gives the same result. */
const seed = Number(process.env.CDK8S_JOBS_TEST_SEED ?? 1);
const changes = 1500;

interface Answered {
  readonly before: CommittedJob;
  readonly after: CommittedJob;
  readonly isRenamed: boolean;
  /** What the server says of the change under one name. */
  readonly update: ValidationAnswer;
  /** What it says of the new name, while the Job with the old one is there. */
  readonly beside: ValidationAnswer | undefined;
}

test(`a Job gets a new name if and only if the server refuses its change under the old one, and every new name is taken (CDK8S_JOBS_TEST_SEED=${seed})`, async () => {
  const namespace = await createNamespace(cluster, 'hash-names');
  const pairs = randomChanges(seed, changes).flatMap((change) => {
    const pair = pairOf(change);
    return pair === undefined ? [] : [pair];
  });
  const answers: Answered[] = [];
  const rest = pairs.entries();
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (const [index, [before, after]] of rest) answers.push(...await ask(namespace, `pair-${index}`, before, after));
  })).finally(() => deleteNamespace(cluster, namespace));

  const renamed = answers.filter(({ isRenamed }) => isRenamed);
  // Either kind must be among what is drawn, in number.
  expect(renamed.length).toBeGreaterThan(40);
  expect(answers.length - renamed.length).toBeGreaterThan(40);
  expect(answers.filter(({ beside }) => beside !== undefined && beside.stage !== 'accepted')).toEqual([]);
  const wrong = answers.filter(({ isRenamed, update }) => isRenamed === (update.stage === 'accepted'));
  expect(wrong.filter(({ before, after, isRenamed }) => !isRenamed || !isException(before, after))).toEqual([]);
}, 10 * 60_000);

/** Creates the Job, and asks for its change under its name and under the new one, if it has one. Nothing for what is refused anyway. */
async function ask(namespace: string, base: string, before: CommittedJob, after: CommittedJob): Promise<Answered[]> {
  const collection = `/apis/batch/v1/namespaces/${namespace}/jobs`;
  const [oldName = '', newName = ''] = [before, after].map((job) => hashedName(job, 63, { ...hashOptions, name: base }) ?? '');
  const create = (job: CommittedJob, name: string): Promise<ValidationAnswer> => {
    return answerOf(api, 'POST', `${collection}?dryRun=All&fieldValidation=Strict`, JSON.stringify(withName(job, name)));
  };
  // A pair is one of Jobs that both can be applied.
  if ((await create(after, `${base}-valid`)).stage !== 'accepted') return [];
  const [old, changed] = [before, after].map((job) => JSON.stringify(withName(job, oldName)));
  const update = await askServerOfUpdate(api, namespace, old ?? '', changed ?? '');
  if (update === undefined) return [];
  const isRenamed = newName !== oldName;
  return [{ before, after, isRenamed, update, beside: isRenamed ? await create(after, newName) : undefined }];
}

function withName(job: CommittedJob, name: string): CommittedJob {
  return { ...job, metadata: { ...job.metadata, name } };
}
