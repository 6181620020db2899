import { answerOfServer, type RawBody } from './body-answer';
import { readCauseText } from './cause-text';
import type { KubeApi } from '../kube-api';

/** What is said about a manifest: by the server, by a recording, or by the offline validator; comparable as a whole. */
export interface ValidationAnswer {
  /**
   * `accepted`; `refused` by validation, with errors; `decode` when it was refused before, where the server names no fields;
   * `panic` when the server crashed the request.
   */
  readonly stage: 'accepted' | 'refused' | 'decode' | 'panic';
  /** Each as `field type`, sorted; the same one may stand there twice. */
  readonly errors: readonly string[];
  /** The same with what is said of each, values aside: `field type: words`. Undefined where only field and type were recorded. */
  readonly words?: readonly string[];
}

/** One error of an answer. */
export interface AnsweredError {
  readonly field: string;
  readonly type: string;
  /** Without the value. */
  readonly words: string;
}

/** Sends a manifest, as JSON, to the server as `kubectl create --dry-run=server` does, and returns what it says about it. */
export async function askServer(api: KubeApi, manifest: string): Promise<ValidationAnswer> {
  const path = `/apis/batch/v1/namespaces/default/${pluralOf(manifest)}?dryRun=All&fieldValidation=Strict`;
  return answerOf(api, 'POST', path, manifest);
}

/** Sends a body as it is, with strict decoding; undefined where the server crashes the request. */
export async function askServerOfBody(api: KubeApi, { format, text }: RawBody): Promise<ReturnType<typeof answerOfServer> | undefined> {
  // The first kind is that of the object; others may stand in it.
  const plural = /"?kind"?: ?"(\w*)"/.exec(text)?.[1] === 'CronJob' ? 'cronjobs' : 'jobs';
  const path = `/apis/batch/v1/namespaces/default/${plural}?dryRun=All&fieldValidation=Strict`;
  const answer = await api.requestText('POST', path, text, { 'content-type': `application/${format}` }).catch(connectionLost);
  if (answer === undefined) return undefined;
  const { status, body } = answer;
  const { message, details } = body as { message?: string; details?: { causes?: Array<{ field: string; reason: string }> } };
  if (status === 422) return answerOfServer({ errors: details?.causes?.map(({ field, reason }) => ({ field, type: reason.replace(/^FieldValue/, '') })) });
  if (![201, 400, 409].includes(status)) throw new Error(`Cannot read the answer ${status}: ${JSON.stringify(body)}; to ${text}`);
  return answerOfServer({ message: status === 400 ? message : '' });
}

/** The resource of a manifest: the path's last part. */
export function pluralOf(manifest: string): string {
  return (JSON.parse(manifest) as { kind?: string }).kind === 'CronJob' ? 'cronjobs' : 'jobs';
}

/** Sends a manifest and returns what the server says about it. */
export async function answerOf(api: KubeApi, method: string, path: string, manifest: string): Promise<ValidationAnswer> {
  const answer = await api.requestText(method, path, manifest).catch(connectionLost);
  if (answer === undefined) return { stage: 'panic', errors: [] };
  // 409: nothing is wrong with it, but a user of this cluster has one of the same name.
  if ([200, 201, 409].includes(answer.status)) return { stage: 'accepted', errors: [] };
  if (answer.status === 400) return { stage: 'decode', errors: [] };
  if (answer.status !== 422) throw new Error(`Cannot read the answer ${answer.status}: ${JSON.stringify(answer.body)}; to ${manifest}`);
  const { causes = [] } = (answer.body as { details: { causes?: Array<{ field: string; reason: string; message: string }> } }).details;
  return refusal(causes.map(({ field, reason, message }) => ({ field, type: reason.replace(/^FieldValue/, ''), words: readCauseText(message).words })));
}

/** The answer that consists of these errors. */
export function refusal(errors: readonly AnsweredError[]): ValidationAnswer {
  const words = errors.map(({ field, type, words: said }) => `${field} ${type}: ${withoutGenerated(said)}`).sort();
  return { stage: 'refused', errors: sortedErrors(errors), words };
}

/** Words without what the server makes up for each object: its uid, and the end of a name. */
function withoutGenerated(words: string): string {
  const uid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
  return words.replace(uid, '<uid>').replace(/(?<=invalid DNS label: .*)(?:[bcdfghjklmnpqrstvwxz2456789]{5}|00000)(?=-\d+$)/, '<end>');
}

/** Errors as `ValidationAnswer` holds them. */
export function sortedErrors(errors: ReadonlyArray<{ readonly field: string; readonly type: string }>): string[] {
  return errors.map(({ field, type }) => `${field} ${type}`).sort();
}

/** A request whose handler panics gets no answer; its connection is closed. */
function connectionLost(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ECONNRESET') throw error;
}
