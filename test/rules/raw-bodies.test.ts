/** Bodies as they were sent to a live API server, byte for byte, as JSON and as YAML, and what it said of each. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agreeOnBody, answerOfServer, answerToBody } from '../cluster/validation/body-answer';

/** A body, and the answer of Kubernetes 1.37.2 to its creation with `fieldValidation=Strict`. */
interface Vector {
  readonly id: string;
  readonly format: 'json' | 'yaml';
  readonly body: string;
  readonly status: 201 | 400 | 422;
  readonly message?: string;
  readonly errors?: ReadonlyArray<{ readonly field: string; readonly type: string }>;
}

const vectors = readFileSync(join(__dirname, 'vectors/bodies.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Vector);

/** What kubectl, whose answer the reader gives, sees otherwise than a server that gets the same bytes; by id. */
const kubectlDiffers: ReadonlyMap<string, string> = new Map([
  ...['no-kind', 'no-api-version', 'neither', 'kind-null', 'kind-empty', 'api-version-empty', 'empty-object', 'Kind-upper']
    .map((id) => [`json ${id}`, 'a server takes from the address what is missing, kubectl refuses it'] as const),
  ...['no-kind', 'no-api-version', 'kind-null', 'empty', 'comment'].map((id) => [`yaml ${id}`, 'the same, in YAML'] as const),
  ['json null', 'the same, of an object without a field: for kubectl there is no document'],
  ['json kind-cron', 'kubectl sends it to another address'],
  ...['parallelism', 'deadline'].flatMap((field) => ['9223372036854775808', '18446744073709551615'].map((text) => [`yaml ${field} ${text}`, 'kubectl rounds it'] as const)),
  ['yaml merge-under', 'a server refuses a key that was merged before it is written; for kubectl the later one counts'],
  ['yaml key-1-and-text', 'a server takes the one or the other; the reader warns of it'],
  ['yaml two-leading', 'a server reads the first document, which is empty'],
  ...['json-dup-in-yaml', 'json-1.0-in-yaml'].map((id) => [`yaml ${id}`, 'what begins with a brace is JSON for kubectl, whatever a client says of it'] as const),
  ['yaml directive', 'kubectl cuts the text at the separator below the directive'],
]);

test.each(vectors.filter(({ format, id }) => !kubectlDiffers.has(`${format} ${id}`)).map((vector) => [vector.format, vector.id, vector]))(
  'a body of %s is judged as the API server judges it: %s', (format, _, { body, status, ...refusal }) => {
    const answer = answerToBody({ format, text: body });
    expect(answer).toEqual(answerOfServer(refusal));
    expect(Object.values(answer).every(({ length }) => length === 0)).toBe(status === 201);
  },
);

test('the list of what kubectl sees otherwise names bodies that there are, and that are judged otherwise', () => {
  const named = vectors.filter(({ format, id }) => kubectlDiffers.has(`${format} ${id}`));
  expect(named.map(({ format, id }) => `${format} ${id}`).sort()).toEqual([...kubectlDiffers.keys()].sort());
  const agreed = named.filter(({ format, body, ...refusal }) => agreeOnBody(answerOfServer(refusal), answerToBody({ format, text: body })));
  expect(agreed.map(({ id }) => id)).toEqual([]);
});
