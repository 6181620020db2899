import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { serverVersion, testCluster } from './api';
import { type Answer, askReference, buildReference, type Question } from './schedule/go-reference';
import { agree, askValidator } from './validation/offline-answer';
import { askServer } from './validation/server-answer';
import { tryParseSchedule } from '../../src/schedule/parse';
import { Schedule } from '../../src/schedule/schedule';
import { zoneNames } from '../../src/schedule/zone-names';
import { damagedText, scheduleText } from '../schedule/arbitrary';

jest.setTimeout(600_000);

/** Another seed draws other schedules. */
const seed = Number(process.env.CDK8S_JOBS_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
const triples = 100_000;
const cronJobs = 2_000;

/** After the last day that was left out of a calendar, around which the library searches for ever. */
const from = fc.integer({ min: Date.UTC(2012, 1, 1), max: Date.UTC(2040, 0, 1) });
const everyText = fc
  .tuple(fc.nat(100), fc.constantFrom('h', 'm', 's', '.5h', 'ms', 'd', '', 'm30s'))
  .map(([count, unit]) => `@every ${count}${unit}`);
const macro = fc.constantFrom('@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly', '@reboot', '@Daily');
const text = fc.oneof(
  { weight: 12, arbitrary: scheduleText }, { weight: 6, arbitrary: damagedText }, { weight: 1, arbitrary: everyText },
  { weight: 1, arbitrary: macro },
);
const question: fc.Arbitrary<Question> = fc.record({
  schedule: text.filter((drawn) => !drawn.includes('TZ')), timeZone: fc.constantFrom(...zoneNames), from, n: fc.constant(3),
});

test(`Kubernetes' cron library says the same of ${triples} schedules, zones and instants (CDK8S_JOBS_TEST_SEED=${seed})`, async () => {
  const program = await buildReference();
  try {
    const questions = fc.sample(question, { numRuns: triples, seed });
    const wrong = await disagreements(program, questions);
    const shrunk = await Promise.all(wrong.slice(0, 5).map((disagreement) => shrink(program, disagreement)));
    expect({ count: wrong.length, shrunk }).toEqual({ count: 0, shrunk: [] });
  } finally {
    rmSync(dirname(program), { recursive: true });
  }
});

interface Disagreement {
  readonly question: Question;
  readonly library: Answer;
  readonly ours: Answer;
}

async function disagreements(program: string, questions: readonly Question[]): Promise<Disagreement[]> {
  const answers = await askReference(program, questions);
  expect(answers).toHaveLength(questions.length);
  return questions.flatMap((asked, index) => {
    const [library, ours] = [answers[index] ?? { next: null }, answer(asked)];
    return JSON.stringify(library.next) === JSON.stringify(ours.next) ? [] : [{ question: asked, library, ours }];
  });
}

function answer({ schedule: drawn, timeZone, from: start, n }: Question): Answer {
  const schedule = tryParseSchedule(drawn);
  if (!(schedule instanceof Schedule)) return { error: schedule.message, next: null };
  const next: number[] = [];
  let run: Date | undefined = new Date(start);
  while (next.length < n) {
    run = schedule.next(run, { timeZone });
    if (run === undefined) break;
    next.push(run.getTime() / 1000);
  }
  return { next };
}

/** The simplest schedule of which the two still differ: stars for fields, single items for lists. */
async function shrink(program: string, found: Disagreement): Promise<Disagreement> {
  const fields = found.question.schedule.split(' ');
  const simpler = fields.flatMap((field, index) => {
    const parts = [',', '/'].flatMap((separator) => field.includes(separator) ? field.split(separator) : []);
    const instead = field === '*' ? [] : ['*', ...parts];
    return instead.filter((item) => item !== '').map((item) => fields.map((other, at) => at === index ? item : other).join(' '));
  });
  const [first] = await disagreements(program, simpler.map((schedule) => ({ ...found.question, schedule })));
  return first === undefined ? found : shrink(program, first);
}

const zoneLike = fc.constantFrom(...zoneNames).chain((name) => fc.constantFrom(
  name, name, name, name.toLowerCase(), `${name}/`, `/${name}`, ` ${name}`, name.slice(1), name.replace('/', '//'), 'Local', 'local', '', '..', 'EDT', 'UTC+2',
));

test(`the API server takes and refuses ${cronJobs} CronJobs as the offline rules do (CDK8S_JOBS_TEST_SEED=${seed})`, async () => {
  const { api } = testCluster();
  const version = await serverVersion(api);
  const anyText = fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: text.map((drawn) => `TZ=Europe/Berlin ${drawn}`) });
  const drawn = fc.sample(fc.record({ schedule: anyText, timeZone: fc.option(zoneLike, { nil: undefined }) }), { numRuns: cronJobs, seed });
  const template = { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36' }] } } } };
  const wrong: string[] = [];
  await Promise.all(Array.from({ length: 10 }, async (_, worker) => {
    for (let index = worker; index < drawn.length; index += 10) {
      const manifest = {
        apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: `drawn-${index}` }, spec: { ...drawn[index], jobTemplate: template },
      };
      const server = await askServer(api, JSON.stringify(manifest));
      const validator = askValidator(manifest, version);
      if (!agree(server, validator)) wrong.push(JSON.stringify({ drawn: drawn[index], server, validator }));
    }
  }));
  expect(wrong.sort((left, right) => left.length - right.length)).toEqual([]);
});
