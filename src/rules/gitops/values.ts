import { type CommittedJob, sourceOf } from './target';
import { annotationsOf, splitOptions } from '../../api/gitops';
import { type Severity } from '../../core/finding';
import { nearestName } from '../explain/suggest';
import { supportedValues } from '../rule/makers/makers';
import { type Rule, type RuleExamples } from '../rule/rule';

interface Committed {
  readonly object: CommittedJob;
}

/** A rule about the values of an annotation, each of a list with commas. */
export function knownValues<Of extends Committed>({ annotation, cases, problem, isList = true, isRequired = false, ...rule }: {
  readonly id: string;
  readonly annotation: string;
  readonly severity: Severity;
  readonly message: string;
  readonly cases: string;
  readonly isList?: boolean;
  /** Whether a list may not be empty. */
  readonly isRequired?: boolean;
  /** What is wrong with a value. */
  readonly problem: (value: string) => string | undefined;
  readonly examples: RuleExamples;
}): Rule<Of> {
  return {
    ...rule,
    type: 'NotSupported',
    field: `metadata.annotations[${annotation}]`,
    source: sourceOf(cases),
    finds: ({ object }, scope) => {
      const text = annotationsOf(object)[annotation];
      if (text === undefined) return;
      const values = isList ? splitOptions(text) : [text];
      for (const value of isRequired && values.length === 0 ? [text] : values) {
        const found = problem(value);
        if (found !== undefined) scope.report(value, scope.at.child('metadata', 'annotations').key(annotation), found);
      }
    },
  };
}

/** A rule about the names of a tool's annotations and labels: one that is almost a name that the tool reads is meant for it. */
export function knownNames<Of extends Committed>({ domain, names, others = [], cases, ...rule }: {
  readonly id: string;
  /** `argocd.argoproj.io/` */
  readonly domain: string;
  /** What the tool reads, after the domain. */
  readonly names: readonly string[];
  /** What else it knows. */
  readonly others?: readonly string[];
  readonly message: string;
  readonly cases: string;
  readonly examples: RuleExamples;
}): Rule<Of> {
  return {
    ...rule,
    type: 'NotSupported',
    severity: 'warning',
    field: 'metadata.annotations',
    source: sourceOf(cases),
    finds: ({ object: { metadata } }, scope) => {
      for (const map of ['annotations', 'labels'] as const) {
        for (const key of Object.keys(metadata?.[map] ?? {})) {
          const name = key.startsWith(domain) ? key.slice(domain.length) : undefined;
          if (name === undefined || names.includes(name) || others.includes(name)) continue;
          const meant = nearestName(name, names);
          if (meant !== undefined) scope.report(key, scope.at.child('metadata', map).key(key), `did you mean ${domain}${meant}?`);
        }
      }
    },
  };
}

/** What to say of a word that is not among those that are known: the nearest of them, else all. */
export function unlessOneOf(words: readonly string[], value: string): string | undefined {
  if (words.includes(value)) return undefined;
  const meant = nearestName(value, words);
  return meant === undefined ? supportedValues(words) : `did you mean "${meant}"?`;
}

/** An example with one annotation. */
export function annotated(name: string, value: string): object {
  return { annotations: { [name]: value } };
}
