import { type FluxTarget, inGit, measured } from './target';
import { annotated, knownNames, knownValues, unlessOneOf } from './values';
import { fluxAnnotations } from '../../api/gitops';
import { supportedValues } from '../rule/makers/makers';
import { type Rule, type RuleExamples, type RuleGroup } from '../rule/rule';

const { force, ssa, prune, reconcile } = fluxAnnotations;
const switches = ['enabled', 'disabled'];
const domain = 'kustomize.toolkit.fluxcd.io/';

/** Annotations of Flux with values that it does not know: it takes them without a word. */
export const fluxValueRules: RuleGroup<FluxTarget> = {
  at: '',
  source: measured,
  gitops: 'flux',
  wrap: inGit,
  rules: [
    knownNames({
      id: 'flux-annotation-known',
      domain,
      names: [...Object.values(fluxAnnotations).map((name) => name.slice(domain.length)), 'substitute', 'decrypt'],
      others: ['name', 'namespace', 'checksum', 'revision'],
      message: 'Flux takes it without a word, and reads another name',
      cases: 'F1',
      examples: { bad: [annotated(`${domain}forced`, 'enabled'), { labels: { [`${domain}prunes`]: 'disabled' } }], good: [{ labels: { [`${domain}name`]: 'x' } }] },
    }),
    known('flux-force-known', force, switches, 'F3', { bad: [annotated(force, 'true')], good: [annotated(force, 'Enabled')] }),
    known('flux-ssa-known', ssa, ['Override', 'Merge', 'IfNotPresent', 'Ignore'], 'F7', { bad: [annotated(ssa, 'IfNotExists')], good: [annotated(ssa, 'IfNotPresent')] }),
    known('flux-prune-known', prune, switches, 'F12', { bad: [annotated(prune, 'false')], good: [annotated(prune, 'disabled')] }),
    known('flux-reconcile-known', reconcile, switches, 'F8', { bad: [annotated(reconcile, 'disable')], good: [annotated(reconcile, 'enabled')] }),
  ],
};

/** A rule about an annotation that has a few values, in any case. */
function known(id: string, annotation: string, values: readonly string[], cases: string, examples: RuleExamples): Rule<FluxTarget> {
  return knownValues({
    id,
    annotation,
    severity: 'error',
    message: supportedValues(values),
    cases,
    isList: false,
    problem: (text) => values.some((value) => value.toLowerCase() === text.toLowerCase()) ? undefined : unlessOneOf(values, text),
    examples,
  });
}
