/** What a parsed value cannot show, and the text of a manifest does; the words are those of Go's decoder, in the order of its reading. */
import { undecodableMessage } from '../../src/api/invalid-message';
import { validateManifest } from '../../src/rules/validate-manifest';
import { readManifests } from '../../src/yaml/read-manifests';

function answerTo(text: string): string | undefined {
  const [document] = readManifests(text);
  return undecodableMessage({ apiVersion: 'batch/v1', kind: 'Job' }, validateManifest(document?.value))?.replace(/^Job in version "v1" cannot be handled as a Job: /, '');
}

const pod = '"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"busybox"}]}}';
const json = (spec: string): string => `{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"demo"},"spec":{${spec}${pod}}}`;
const yaml = (spec: string): string => `
apiVersion: batch/v1
kind: Job
metadata: {name: demo}
spec:
  ${spec}
  template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}
`;

test.each<[sentence: string, text: string, says: string | undefined]>([
  ['an integer that a number cannot hold is accepted', yaml('activeDeadlineSeconds: 9223372036854775807'), undefined],
  ['one that 64 bits cannot hold is rounded as kubectl does it', yaml('activeDeadlineSeconds: 9223372036854775808'),
    'json: cannot unmarshal number 9223372036854776000 into Go struct field JobSpec.spec.activeDeadlineSeconds of type int64'],
  ['its digits are told', yaml('parallelism: 9007199254740993'),
    'json: cannot unmarshal number 9007199254740993 into Go struct field JobSpec.spec.parallelism of type int32'],
  ['an anchor keeps its digits', yaml('parallelism: &n 9007199254740993\n  completions: *n').replace('parallelism', 'activeDeadlineSeconds'),
    'json: cannot unmarshal number 9007199254740993 into Go struct field JobSpec.spec.completions of type int32'],
  ['YAML numbers are read before they are sent', yaml('backoffLimit: 1.0\n  parallelism: 1e3\n  completions: 0x1F'), undefined],
  ['a name that comes again is told where it does', json('"foo":1,"parallelism":1,"bar":1,"parallelism":2,"baz":1,'),
    'strict decoding error: unknown field "spec.foo", unknown field "spec.bar", duplicate field "spec.parallelism", unknown field "spec.baz"'],
  ['what is unknown is told once', json('"foo":1,"foo":2,'), 'strict decoding error: unknown field "spec.foo"'],
  ['all values of a name are read', json('"template":{"foo":1},"template":{"bar":1},'),
    'strict decoding error: unknown field "spec.template.foo", duplicate field "spec.template", unknown field "spec.template.bar"'],
  ['a value of the wrong type is told alone', json('"foo":1,"suspend":"x","parallelism":"y",'),
    'json: cannot unmarshal string into Go struct field JobSpec.spec.suspend of type bool'],
  ['but what has a reader of its own ends the decoding', json('"suspend":"x",').replace('"name":"main"', '"name":"main","resources":{"limits":{"cpu":"1KM"}}'),
    "unable to parse quantity's suffix"],
  ['a port is read by itself too', json('"suspend":"x",').replace('"name":"main"', '"name":"main","livenessProbe":{"tcpSocket":{"port":true}}'),
    'json: cannot unmarshal bool into Go struct field TCPSocketAction.spec.template.spec.containers.livenessProbe.ProbeHandler.tcpSocket.port of type int32'],
  ['a name is quoted as Go does it', json('"a\\tb\\"c":1,'), String.raw`strict decoding error: unknown field "spec.a\tb\"c"`],
])('%s', (_, text, says) => {
  expect(answerTo(text)).toBe(says);
});
