import { createNamespace, deleteNamespace, serverVersion, testCluster } from './api';
import { agreeOnBody, answerToBody } from './validation/body-answer';
import { randomChanges } from './validation/changes';
import { randomManifests } from './validation/manifests';
import { agree, askValidator, askValidatorOfChange, optionsFor } from './validation/offline-answer';
import { randomBodies } from './validation/raw-bodies';
import { askServer, askServerOfBody, type ValidationAnswer } from './validation/server-answer';
import { askServerOfChange } from './validation/server-change';
import { type KubernetesVersion, previewNotice } from '../../src/rules/rule/versions';

const cluster = testCluster();
const { api } = cluster;
/** Another seed tries other manifests; the default stays, so that the same commit gives the same result. */
const seed = Number(process.env.CDK8S_JOBS_TEST_SEED ?? 1);
const manifests = Number(process.env.CDK8S_JOBS_TEST_MANIFESTS ?? 3000);
const updates = Math.round(manifests / 5);
const bodies = Math.round(manifests / 5);

test(`the offline validator says what the server says of ${manifests} manifests made at random (CDK8S_JOBS_TEST_SEED=${seed})`, async () => {
  const version = await serverVersion(api);
  const answers = await inParallel(randomManifests(seed, manifests, minorOf(version)), async (text) => ({
    text, server: await askServer(api, text), validator: askValidator(JSON.parse(text) as object, version),
  }));
  expect(answers.filter((answer) => answer.server.stage === 'refused').length).toBeGreaterThan(manifests / 3);
  expect(disagreements(answers)).toEqual([]);
});

test(`the offline validator says what the server says of ${updates} changes made at random (CDK8S_JOBS_TEST_SEED=${seed})`, async () => {
  await compareChanges();
});

test(`the offline validator says what the server says of ${updates} changes of CronJobs made at random (CDK8S_JOBS_TEST_SEED=${seed})`, async () => {
  await compareChanges('CronJob');
});

async function compareChanges(kind?: 'CronJob'): Promise<void> {
  const version = await serverVersion(api);
  const namespace = await createNamespace(cluster, 'changes');
  const answers = await inParallel(randomChanges(seed, updates, minorOf(version), kind), async (change) => {
    const answered = await askServerOfChange(api, namespace, change);
    if (answered === undefined) return [];
    const { before, after, server } = answered;
    return [{ text: JSON.stringify({ before, after }), server, validator: askValidatorOfChange(before, after, version) }];
  }).finally(() => deleteNamespace(cluster, namespace));
  expect(answers.flat().length).toBeGreaterThan(updates / 2);
  expect(disagreements(answers.flat())).toEqual([]);
}

test(`the offline validator says of ${bodies} bodies written at random, as JSON and as YAML, what the server says (CDK8S_JOBS_TEST_SEED=${seed})`, async () => {
  const kubernetesVersion = await serverVersion(api) as KubernetesVersion;
  const answers = await inParallel(randomBodies(seed, bodies, minorOf(kubernetesVersion)), async (body) => ({
    body, server: await askServerOfBody(api, body), validator: answerToBody(body, optionsFor(kubernetesVersion)),
  }));
  expect(answers.filter(({ server = { words: '' } }) => server.words !== '').length).toBeGreaterThan(bodies / 3);
  // A preview may be built by another Go than it asks for, whose reader of JSON has other words.
  const isPreview = previewNotice(kubernetesVersion) !== undefined;
  expect(answers.filter(({ server, validator }) => !agreeOnBody(server, validator) && !(isPreview && server?.words !== '' && validator.words !== ''))).toEqual([]);
});

function minorOf(version: string): number {
  return Number(version.slice(2));
}

interface Answers {
  readonly text: string;
  readonly server: ValidationAnswer;
  readonly validator: ValidationAnswer;
}

function disagreements(answers: readonly Answers[]): string[] {
  const wrong = answers.filter(({ server, validator }) => !agree(server, validator)).sort((a, b) => a.text.length - b.text.length);
  return wrong.map(({ text, server, validator }) => `${text}\n  server: ${inWords(server)}\n  validator: ${inWords(validator)}`);
}

function inWords({ stage, words = [] }: ValidationAnswer): string {
  return [stage, ...words].join(', ');
}

/** The answers in the order of the questions, at most 16 at a time. */
async function inParallel<Question, Answer>(
  questions: readonly Question[], ask: (question: Question) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const rest = questions.entries();
  await Promise.all(Array.from({ length: 16 }, async () => {
    for (const [index, question] of rest) answers[index] = await ask(question);
  }));
  return answers;
}
