import fc from 'fast-check';
import { readProtobuf } from '../../../src/local/protobuf/read-protobuf';
import { ClusterError } from '../../../src/port/cluster-port';

// The bodies that kubectl 1.37.2 sent, and the JSON that it would have sent.
test.each<[command: string, body: string, object: object]>([
  ['kubectl create job', 'azhzAAoPCghiYXRjaC92MRIDSm9iEpIBChQKBG1hZGUSABoAIgAqADIAOABCABJwMm4KEAoAEgAaACIAKgAyADgAQgASWhI3CgRtYWRlEgdidX'
    + 'N5Ym94GgJzaBoCLWMaCmVjaG8gaGVsbG8qAEIAagByAIABAIgBAJABAKIBABoFTmV2ZXIyAEIASgBSAFgAYABoAIIBAIoBAJoBAMIBABoIIAAo'
    + 'ADAAOgAaACIA', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'made' },
    spec: { template: { metadata: {}, spec: { containers: [{ name: 'made', image: 'busybox', command: ['sh', '-c', 'echo hello'], resources: {} }], restartPolicy: 'Never' } } },
    status: {},
  }],
  ['kubectl create cronjob', 'azhzAAoTCghiYXRjaC92MRIHQ3JvbkpvYhKoAQoUCgR0aWNrEgAaACIAKgAyADgAQgASjQEKCTAgMCAxIDEgKhoAKn4KFAoEdGljaxIAGgAiAC'
    + 'oAMgA4AEIAEmYyZAoQCgASABoAIgAqADIAOABCABJQEikKBHRpY2sSB2J1c3lib3gaBHRydWUqAEIAagByAIABAIgBAJABAKIBABoJT25GYWls'
    + 'dXJlMgBCAEoAUgBYAGAAaACCAQCKAQCaAQDCAQAaABoAIgA=', {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'tick' },
    spec: {
      schedule: '0 0 1 1 *',
      jobTemplate: {
        metadata: { name: 'tick' },
        spec: { template: { metadata: {}, spec: { containers: [{ name: 'tick', image: 'busybox', command: ['true'], resources: {} }], restartPolicy: 'OnFailure' } } },
      },
    },
    status: {},
  }],
  ['kubectl create job --from=cronjob', 'azhzAAoPCghiYXRjaC92MRIDSm9iEroCCoMBCgNub3cSABoAIgAqADIAOABCAGIrCiFjcm9uam9iLmt1YmVybmV0ZXMuaW8vaW5zdGFudGlhdG'
    + 'USBm1hbnVhbGpBCgdDcm9uSm9iGgR0aWNrIiQxZDliOTQxMS0zMmI4LTRkYWUtYTEyMi03MmNhNDBkZDBkYjIqCGJhdGNoL3YxMAESpwEypAEK'
    + 'EAoAEgAaACIAKgAyADgAQgASjwESRwoEdGljaxIHYnVzeWJveBoEdHJ1ZSoAQgBqFC9kZXYvdGVybWluYXRpb24tbG9ncgZBbHdheXOAAQCIAQ'
    + 'CQAQCiAQRGaWxlGglPbkZhaWx1cmUgHjIMQ2x1c3RlckZpcnN0QgBKAFIAWABgAGgAcgCCAQCKAQCaARFkZWZhdWx0LXNjaGVkdWxlcsIBABoI'
    + 'IAAoADAAOgAaACIA', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'now',
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [{ kind: 'CronJob', name: 'tick', uid: '1d9b9411-32b8-4dae-a122-72ca40dd0db2', apiVersion: 'batch/v1', controller: true }],
    },
    spec: {
      template: {
        metadata: {},
        spec: {
          containers: [{
            name: 'tick',
            image: 'busybox',
            command: ['true'],
            resources: {},
            terminationMessagePath: '/dev/termination-log',
            imagePullPolicy: 'Always',
            terminationMessagePolicy: 'File',
          }],
          restartPolicy: 'OnFailure',
          terminationGracePeriodSeconds: 30,
          dnsPolicy: 'ClusterFirst',
          securityContext: {},
          schedulerName: 'default-scheduler',
        },
      },
    },
    status: {},
  }],
  ['kubectl create namespace', 'azhzAAoPCgJ2MRIJTmFtZXNwYWNlEhwKFAoEdGVhbRIAGgAiACoAMgA4AEIAEgAaAgoAGgAiAA==', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' }, spec: {}, status: {} }],
  ['kubectl create serviceaccount', 'azhzAAoUCgJ2MRIOU2VydmljZUFjY291bnQSGwoZCgVyb2JvdBIAGgR0ZWFtIgAqADIAOABCABoAIgA=', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot', namespace: 'team' } }],
  ['kubectl create service', 'azhzAAoNCgJ2MRIHU2VydmljZRJzCiEKBHJpbmcSABoAIgAqADIAOABCAFoLCgNhcHASBHJpbmcSSgoeCgc4MC1odHRwEgNUQ1AYUCIKCAEQABoEaHR0cCgAEgsKA2FwcBIEcmluZxoETm9uZSIJQ2x1c3RlcklQOgBCAFIAWgBgAGgAGgIKABoAIgA=', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'ring', labels: { app: 'ring' } },
    spec: { ports: [{ name: '80-http', protocol: 'TCP', port: 80, targetPort: 'http' }], selector: { app: 'ring' }, clusterIP: 'None', type: 'ClusterIP' },
    status: { loadBalancer: {} },
  }],
  ['kubectl create configmap', 'azhzAAoPCgJ2MRIJQ29uZmlnTWFwEh4KFAoEY29uZhIAGgAiACoAMgA4AEIAEgYKAWESAWIaACIA', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf' }, data: { a: 'b' } }],
  ['kubectl create secret', 'azhzAAoMCgJ2MRIGU2VjcmV0Eh8KEwoDc2VjEgAaACIAKgAyADgAQgASBgoBYRIBYhoAGgAiAA==', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'sec' }, data: { a: 'Yg==' } }],
])('%s is read', (_, body, object) => {
  expect(readProtobuf(Buffer.from(body, 'base64'))).toEqual(object);
});

const text = (place: number, value: string | Uint8Array): Buffer => {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([varint(place * 8 + 2), varint(bytes.length), bytes]);
};
const number = (place: number, value: number | bigint): Buffer => Buffer.concat([varint(place * 8), varint(value)]);

function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  while (left >= 128n) {
    bytes.push(Number(left % 128n) + 128);
    left /= 128n;
  }
  return Buffer.from([...bytes, Number(left)]);
}

const all = (...parts: readonly Buffer[]): Buffer => Buffer.concat(parts);
const envelope = (apiVersion: string, kind: string, raw: Buffer): Buffer =>
  all(Buffer.from('k8s\0'), text(1, all(text(1, apiVersion), text(2, kind))), text(2, raw));
const jobOf = (spec: Buffer): unknown => readProtobuf(envelope('batch/v1', 'Job', text(2, spec))).spec;
const podOf = (spec: Buffer): unknown => readProtobuf(envelope('v1', 'Pod', text(2, spec))).spec;
const container = (...parts: readonly Buffer[]): unknown =>
  (podOf(text(2, all(...parts))) as { readonly containers: readonly unknown[] }).containers[0];

test.each<[sentence: string, read: () => unknown, value: unknown]>([
  ['a zero behind a pointer is meant', () => jobOf(all(number(7, 0), number(10, 0))), { backoffLimit: 0, suspend: false }],
  ['a zero that is no pointer says that nothing is there', () => podOf(all(number(11, 0), text(10, ''))), {}],
  ['a number below zero', () => jobOf(number(1, -1)), { parallelism: -1 }],
  ['a number of 64 bits', () => jobOf(number(3, 2n ** 40n)), { activeDeadlineSeconds: 2 ** 40 }],
  ['a list of texts keeps its order, and its empty texts', () => container(text(3, 'a'), text(3, ''), text(3, 'b')), { command: ['a', '', 'b'] }],
  ['quantities', () => container(text(8, text(1, all(text(1, 'cpu'), text(2, text(1, '100m')))))), { resources: { limits: { cpu: '100m' } } }],
  ['fields inline', () => podOf(text(1, all(text(1, 'v'), text(2, text(2, text(1, 'Memory')))))), { volumes: [{ name: 'v', emptyDir: { medium: 'Memory' } }] }],
  [
    'a number or a text',
    () => [
      container(text(10, text(1, text(2, text(2, all(number(1, 0), number(2, 80), text(3, ''))))))),
      container(text(10, text(1, text(2, text(2, all(number(1, 1), number(2, 0), text(3, 'http'))))))),
    ],
    [{ livenessProbe: { httpGet: { port: 80 } } }, { livenessProbe: { httpGet: { port: 'http' } } }],
  ],
  ['a time', () => readProtobuf(envelope('v1', 'ConfigMap', text(1, text(8, number(1, 1_767_225_600))))).metadata, { creationTimestamp: '2026-01-01T00:00:00Z' }],
  ['a time that is not set', () => readProtobuf(envelope('v1', 'ConfigMap', text(1, text(8, '')))).metadata, {}],
  [
    'a time with microseconds',
    () => readProtobuf(envelope('v1', 'Event', text(10, all(number(1, 1_767_225_600), number(2, 1_234_000))))).eventTime,
    '2026-01-01T00:00:00.001234Z',
  ],
  ['bytes', () => readProtobuf(envelope('v1', 'ConfigMap', text(3, all(text(1, 'k'), text(2, Buffer.from([0, 255])))))).binaryData, { k: 'AP8=' }],
  ['any key of a map', () => Object.keys(readProtobuf(envelope('v1', 'ConfigMap', text(2, all(text(1, '__proto__'), text(2, 'v'))))).data as object), ['__proto__']],
  ['what a newer version has is left out', () => jobOf(all(number(1000, 1), text(1001, 'x'), number(1, 2))), { parallelism: 2 }],
  ['options of a deletion', () => readProtobuf(envelope('v1', 'DeleteOptions', text(4, 'Foreground'))), { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Foreground' }],
])('%s', (_, read, value) => {
  expect(read()).toEqual(value);
});

test.each<[sentence: string, body: Buffer, words: string]>([
  ['JSON', Buffer.from('{}'), 'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]'],
  ['a kind that there is not', envelope('apps/v1', 'Deployment', Buffer.alloc(0)), 'no kind "Deployment" is registered for version "apps/v1"'],
  ['a message that is cut off', envelope('batch/v1', 'Job', Buffer.from([0x12, 0x7f])), 'the body is no protobuf: unexpected EOF'],
  ['a number where a text stands', envelope('batch/v1', 'Job', number(1, 1)), 'the body is no protobuf: wrong wireType for field 1'],
])('%s is refused', (_, body, words) => {
  expect(() => readProtobuf(body)).toThrow(expect.objectContaining({ message: words, status: 400, reason: 'BadRequest' }) as Error);
});

test('whatever bytes come, they are read or refused', () => {
  fc.assert(fc.property(fc.constantFrom('Job', 'Pod', 'Event'), fc.uint8Array({ maxLength: 60 }), (kind, bytes) => {
    try {
      readProtobuf(envelope('v1', kind, Buffer.from(bytes)));
    } catch (error) {
      expect(error).toBeInstanceOf(ClusterError);
    }
  }));
});
