import { type Decoded } from '../../api/decoded';
import { type EphemeralContainer, type PodSpec } from '../../api/kubernetes';
import { trimBlanks } from '../../core/unicode-blanks';
import { kebab } from '../rule/makers/make-rule';
import { forbidden } from '../rule/makers/makers';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inPod } from '../rule/wrap';

type Target = Decoded<EphemeralContainer>;

const message = 'cannot be set for an Ephemeral Container';
const newContainer = { name: 'debug', image: 'busybox' };
const source = 'pkg/apis/core/validation/validation.go validateEphemeralContainers (v1.37)';

/** The ephemeral containers of a template: all are refused, but checked all the same. */
const listGroup: RuleGroup<Decoded<PodSpec>> = {
  at: 'spec.template.spec',
  source,
  wrap: inPod,
  rules: [
    forbidden({
      id: 'no-ephemeral-containers',
      field: 'ephemeralContainers',
      message: 'ephemeral containers not allowed in pod template',
      source: 'pkg/apis/core/validation/validation.go ValidatePodTemplateSpec (v1.37)',
      checks: 'filled',
      examples: { bad: [{ ephemeralContainers: [{ name: 'debug', image: 'busybox' }] }], good: [{ ephemeralContainers: [] }] },
    }),
    {
      id: 'ephemeral-container-names-unique',
      field: 'ephemeralContainers[*].name',
      type: 'Duplicate',
      message: '',
      finds: ({ containers = [], initContainers = [], ephemeralContainers = [] }, scope) => {
        const seen = new Set([...containers, ...initContainers].map(({ name = '' }) => name));
        ephemeralContainers.forEach(({ name = '' }, position) => {
          if (seen.has(name)) scope.report(name, scope.at.child('ephemeralContainers').index(position).child('name'));
          seen.add(name);
        });
      },
      examples: { bad: [{ ephemeralContainers: [newContainer, newContainer] }, { ephemeralContainers: [{ ...newContainer, name: 'main' }] }], good: [{}] },
    },
  ],
};

/** One ephemeral container. A template with one is never accepted, so the good examples have none. */
const containerGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.ephemeralContainers[*]',
  source,
  wrap: (container) => inPod(Object.keys(container).length === 0 ? {} : { ephemeralContainers: [{ ...newContainer, ...container }] }),
  rules: [
    {
      id: 'ephemeral-image-without-blanks',
      field: 'image',
      type: 'Invalid',
      message: 'must not have leading or trailing whitespace',
      source: 'pkg/apis/core/validation/validation.go validateContainerOnlyForPod (v1.37)',
      finds: ({ image = '' }, scope) => { if (image !== trimBlanks(image)) scope.report(image); },
      examples: { bad: [{ image: ' busybox' }], good: [{}] },
    },
    {
      id: 'ephemeral-target-exists',
      field: 'targetContainerName',
      type: 'NotFound',
      message: '',
      finds: ({ targetContainerName = '' }, scope) => {
        const { containers = [], initContainers = [] } = scope.pod;
        const isThere = [...containers, ...initContainers].some(({ name = '' }) => name === targetContainerName);
        if (targetContainerName !== '' && !isThere) scope.report(targetContainerName);
      },
      examples: { bad: [{ targetContainerName: 'other' }], good: [{}] },
    },
    notForEphemeral('ports', []),
    notForEphemeral('resizePolicy', [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }]),
    notForEphemeral('restartPolicy', 'Never'),
    notForEphemeral('restartPolicyRules', [], 35),
    notForEphemeral('livenessProbe', {}),
    notForEphemeral('readinessProbe', {}),
    notForEphemeral('startupProbe', {}),
    notForEphemeral('lifecycle', {}),
    {
      id: 'ephemeral-container-without-resources',
      field: 'resources',
      type: 'Forbidden',
      message,
      finds: ({ resources = {} }, scope) => { if (Object.keys(resources).length > 0) scope.report(); },
      examples: { bad: [{ resources: { limits: {} } }], good: [{}] },
    },
    noSubPath('subPath', 'ephemeral-mount-without-sub-path'),
    noSubPath('subPathExpr', 'ephemeral-mount-without-sub-path-expression'),
  ],
};

/** The groups about ephemeral containers. */
export const ephemeralRules = { list: listGroup, container: containerGroup };

function notForEphemeral(field: keyof Target, value: unknown, since: number = 0): Rule<Target> {
  return forbidden({ id: `ephemeral-container-without-${kebab(field)}`, field, message, since, examples: { bad: [{ [field]: value }], good: [{}] } });
}

function noSubPath(field: 'subPath' | 'subPathExpr', id: string): Rule<Target> {
  return forbidden({
    id,
    field: `volumeMounts[*].${field}`,
    message,
    checks: 'filled',
    examples: { bad: [{ volumeMounts: [{ name: 'data', mountPath: '/data', [field]: 'a' }] }], good: [{}] },
  });
}
