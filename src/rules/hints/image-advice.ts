import { advice, adviceSource } from './advice-rule';
import { type Decoded } from '../../api/decoded';
import { imageFault, imagePlaceholder } from '../../api/image-reference';
import { type PodSpec } from '../../api/kubernetes';
import { type FieldPath } from '../../core/field-path';
import { eachContainer } from '../pod/containers';
import { type RuleGroup, type Scope } from '../rule/rule';
import { inPod, minimalContainer } from '../rule/wrap';

const of = (image: string): object => ({ containers: [{ ...minimalContainer, image }] });

/** Images that the API server accepts, and no kubelet can read: every pod ends in InvalidImageName. */
export const imageAdvice: RuleGroup<Decoded<PodSpec>> = {
  at: 'spec.template.spec',
  source: adviceSource,
  wrap: inPod,
  rules: [
    advice({
      id: 'image-filled-in',
      field: '{initContainers,containers}[*].image',
      message: 'holds a placeholder that nobody filled in: no kubelet can read it',
      finds: (pod, scope) => eachImage(pod, scope, (image, at) => {
        const placeholder = imagePlaceholder(image);
        if (placeholder !== undefined) scope.report(image, at.child('image'), `holds the placeholder ${placeholder}, which nobody filled in: no kubelet can read it`);
      }),
      examples: { bad: [of('${IMAGE}'), of('<your-image>'), of('app:{{ .Values.tag }}'), of('app:$(TAG)')], good: [of('app:1')] },
    }),
    advice({
      id: 'image-without-blanks',
      field: '{initContainers,containers}[*].image',
      message: 'contains a blank: the Job is accepted, but every pod is refused, or its image cannot be pulled',
      finds: (pod, scope) => eachImage(pod, scope, (image, at) => {
        if (/\s/.test(image) && imagePlaceholder(image) === undefined) scope.report(image, at.child('image'));
      }),
      examples: { bad: [of('busybox ')], good: [{}] },
    }),
    advice({
      id: 'image-can-be-parsed',
      field: '{initContainers,containers}[*].image',
      message: 'no kubelet can read it, and every pod ends in InvalidImageName',
      finds: (pod, scope) => eachImage(pod, scope, (image, at) => {
        const fault = /\s/.test(image) || imagePlaceholder(image) !== undefined ? undefined : imageFault(image);
        if (fault !== undefined) scope.report(image, at.child('image'), `${fault}: no kubelet can read it, and every pod ends in InvalidImageName`);
      }),
      examples: {
        bad: [of('Busybox'), of('app:latest:'), of('app:'), of('https://registry.example/app'), of('app@sha256:abc')],
        good: [of('registry.example:5000/team/app:1.2'), of('localhost/app')],
      },
    }),
  ],
};

function eachImage(pod: Decoded<PodSpec>, scope: Scope, visit: (image: string, at: FieldPath) => void): void {
  eachContainer(pod, scope.at, ({ image = '' }, at) => { if (image !== '') visit(image, at); });
}
