import type { IncomingMessage } from 'node:http';
import { type ApiRequest, unsupported } from './api-objects';
import { badRequest } from './api-query';
import { readProtobuf } from './protobuf/read-protobuf';

/** The most bytes of a body, as for the API server. */
const largestBody = 3 * 1024 * 1024;

/** The media type of objects in protobuf, which kubectl sends where it makes an object itself. */
const protobufType = 'application/vnd.kubernetes.protobuf';

/** The body of a request as it came. @throws {ClusterError} for one that is too large. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > largestBody) throw badRequest(`the request is too large: the limit is ${largestBody} bytes`);
  }
  return Buffer.concat(chunks);
}

/** What the body of a request says, as JSON. @throws {ClusterError} for one that is too large, and for anything but JSON and protobuf. */
export async function readObject(request: IncomingMessage): Promise<Pick<ApiRequest, 'body' | 'contentType'>> {
  const contentType = (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? '';
  const bytes = await readBytes(request);
  if (bytes.length === 0) return { contentType, body: undefined };
  if (contentType === protobufType) return { contentType, body: readProtobuf(bytes) };
  // kubectl sends JSON and calls it YAML, which it is too.
  if (!/json|yaml/.test(contentType)) throw unsupported(['application/json', 'application/yaml', protobufType]);
  try {
    return { contentType, body: JSON.parse(bytes.toString('utf8')) as unknown };
  } catch (error) {
    throw badRequest(`the body is no JSON: ${(error as Error).message}`);
  }
}
