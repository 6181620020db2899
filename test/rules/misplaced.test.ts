import { type ApiServer, apiServer } from '../../src/api/api-server';
import { FieldPath } from '../../src/core/field-path';
import { formatFinding } from '../../src/core/finding';
import { shapeOf } from '../../src/rules/decode/shapes';
import { suggestField } from '../../src/rules/explain/suggest';
import { inCronJob, inJob, minimalContainer, minimalPod } from '../../src/rules/rule/wrap';
import { validateManifest } from '../../src/rules/validate-manifest';

const inCronPod = (pod: object): object => inCronJob({ jobTemplate: { spec: { template: { spec: { ...minimalPod, ...pod } } } } });
const inPod = (pod: object): object => inJob({ template: { spec: { ...minimalPod, ...pod } } });
const inContainer = (container: object): object => inPod({ containers: [{ ...minimalContainer, ...container }] });
const cronPod = 'spec.jobTemplate.spec.template.spec';
const pod = 'spec.template.spec';

test.each<[string, object, string, string]>([
  ['of the Job in a CronJob', inCronJob({ backoffLimit: 2 }), 'spec.backoffLimit', 'spec.jobTemplate.spec.backoffLimit'],
  ['of the pod in a CronJob', inCronJob({ restartPolicy: 'Never' }), 'spec.restartPolicy', `${cronPod}.restartPolicy`],
  ['of a container in a CronJob', inCronJob({ image: 'x' }), 'spec.image', `${cronPod}.containers[*].image`],
  ['of a Job one level too high', inCronJob({ jobTemplate: { template: {} } }), 'spec.jobTemplate.template', 'spec.jobTemplate.spec.template'],
  ['of a CronJob in its Jobs', inCronJob({ jobTemplate: { spec: { concurrencyPolicy: 'Forbid' } } }), 'spec.jobTemplate.spec.concurrencyPolicy', 'spec.concurrencyPolicy'],
  ['of a CronJob in a container', inCronPod({ containers: [{ schedule: '@daily' }] }), `${cronPod}.containers[0].schedule`, 'spec.schedule'],
  ['of the Job in its pod', inPod({ ttlSecondsAfterFinished: 5 }), `${pod}.ttlSecondsAfterFinished`, 'spec.ttlSecondsAfterFinished'],
  ['of a pod in its Job', inJob({ containers: [] }), 'spec.containers', `${pod}.containers`],
  ['of a pod in a container', inContainer({ volumes: [] }), `${pod}.containers[0].volumes`, `${pod}.volumes`],
  ['of a pod in an init container', inPod({ initContainers: [{ imagePullSecrets: [] }] }), `${pod}.initContainers[0].imagePullSecrets`, `${pod}.imagePullSecrets`],
  ['of the other security context', inContainer({ securityContext: { fsGroup: 5 } }), `${pod}.containers[0].securityContext.fsGroup`, `${pod}.securityContext.fsGroup`],
  ['of a security context in a container', inContainer({ runAsNonRoot: true }), `${pod}.containers[0].runAsNonRoot`, `${pod}.containers[0].securityContext.runAsNonRoot`],
  ['of resources in a container', inContainer({ limits: {} }), `${pod}.containers[0].limits`, `${pod}.containers[0].resources.limits`],
  ['of a container in its pod', inPod({ command: [] }), `${pod}.command`, `${pod}.containers[*].command`],
  ['of a mount in a volume', inPod({ volumes: [{ name: 'a', mountPath: '/a' }] }), `${pod}.volumes[0].mountPath`, `${pod}.containers[*].volumeMounts[*].mountPath`],
  ['of a source beside the value', inContainer({ env: [{ name: 'A', secretKeyRef: {} }] }), `${pod}.containers[0].env[0].secretKeyRef`, `${pod}.containers[0].env[0].valueFrom.secretKeyRef`],
  ['of the metadata in the spec', inJob({ labels: {} }), 'spec.labels', 'metadata.labels'],
  ['of the metadata beside it', { ...inJob({}), annotations: {} }, 'annotations', 'metadata.annotations'],
  ['of the probe in the container', inContainer({ livenessProbe: { path: '/' } }), `${pod}.containers[0].livenessProbe.path`, `${pod}.containers[0].livenessProbe.httpGet.path`],
])('a field %s is told where it belongs', (_, manifest, field, place) => {
  expect(validateManifest(manifest).map((finding) => formatFinding(finding))).toContain(`${field}: Unknown field: did you mean ${place}?`);
});

test.each<[string, object, string]>([
  ['misspelt is spelt right', inJob({ paralelism: 2 }), 'spec.paralelism: Unknown field: did you mean parallelism?'],
  ['misspelt is spelt right, whatever another place has', inContainer({ port: [] }), `${pod}.containers[0].port: Unknown field: did you mean ports?`],
  ['that nothing has gets no hint', inJob({ replicas: 2 }), 'spec.replicas: Unknown field'],
  ['that too many have gets no hint', inJob({ type: 'x' }), 'spec.type: Unknown field'],
  ['that only the server writes gets no hint', inJob({ succeeded: 1 }), 'spec.succeeded: Unknown field'],
  ['that only the other kind has gets no hint', inJob({ schedule: '@daily' }), 'spec.schedule: Unknown field'],
])('a field %s', (_, manifest, line) => {
  expect(validateManifest(manifest).map((finding) => formatFinding(finding))).toContain(line);
});

/** Whether a place that a hint names is one, and in a manifest of this version. */
function existsAt(path: string, kind: 'Job' | 'CronJob', server: ApiServer): boolean {
  let shape = shapeOf(`v1.${kind}`, server);
  const names = path.replaceAll(/\[[^\]]*\]/g, '').split('.');
  for (const name of names.slice(0, -1)) {
    const member = shape.fields.get(name)?.shape;
    const next = member?.kind === 'list' ? member.item : member;
    if (next?.kind !== 'object') return false;
    shape = next;
  }
  return shape.fields.has(names.at(-1) ?? '');
}

test.each(['Job', 'CronJob'] as const)('every place that is named in a %s exists', (kind) => {
  const at = FieldPath.root.child('spec');
  const shape = shapeOf(`v1.${kind}Spec`, apiServer(33));
  const names = [...shapeOf('v1.PodSpec', apiServer(37)).fields.keys(), ...shapeOf('v1.Container', apiServer(37)).fields.keys(), ...shapeOf('v1.JobSpec', apiServer(37)).fields.keys()];
  const unknown = names.filter((name) => !shape.fields.has(name));
  const hints = unknown.map((name) => suggestField(name, at.child(name), kind, shape, apiServer(33)));
  const places = hints.flatMap((hint) => /^did you mean (spec\..*)\?$/.exec(hint)?.[1] ?? []);
  expect(places.length).toBeGreaterThan(40);
  expect(places.filter((place) => !existsAt(place, kind, apiServer(33)))).toEqual([]);
});
