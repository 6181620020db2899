/** What a Kustomization of Flux says about fields in which Git and the cluster may differ: its `ignore`. */
import { pathOfPointer, type ValuePath } from './ignored-differences';
import { annotationsOf } from '../../api/gitops';
import { matchesSelectorText } from '../../api/selector';
import { asObject, type JsonObject } from '../../core/json';

/** The differences that a Kustomization ignores. */
export interface IgnoredByFlux {
  /** The fields of an object, as it is in Git, that are left as they are in the cluster. */
  readonly pathsOf: (object: object) => readonly ValuePath[];
}

/**
 * Reads `ignore`: JSON pointers, each entry for the objects that its target selects, or for all. The fields of a target are regular
 * expressions that have to fit all of a text; an entry with one that cannot be read selects nothing.
 *
 * @param applied the name in the cluster of what has a name in Git.
 * @param targetNamespace the namespace of everything; empty for that of each object.
 * @source fluxcd/pkg ssa/jsondiff/selector.go MatchUnstructured (v0.76.2)
 */
export function readIgnoredByFlux(written: unknown, applied: (name: string) => string, targetNamespace: string): IgnoredByFlux {
  const rules = (Array.isArray(written) ? written as readonly unknown[] : []).map(asObject);
  return {
    pathsOf: (object) => rules.filter(({ target }) => selects(asObject(target), object)).flatMap(({ paths }) => {
      const pointers = Array.isArray(paths) ? paths as readonly unknown[] : [];
      return pointers.filter((pointer) => typeof pointer === 'string').map(pathOfPointer);
    }),
  };

  function selects(target: JsonObject, object: object): boolean {
    const { apiVersion, kind, metadata } = asObject(object);
    const { name, namespace, labels } = asObject(metadata);
    const [version = '', group = ''] = textOf(apiVersion).split('/').reverse();
    const own = { group, version, kind, name: applied(textOf(name)), namespace: targetNamespace === '' ? namespace ?? 'default' : targetNamespace };
    return Object.entries(own).every(([field, text]) => fits(target[field], textOf(text)))
      && matchesSelectorText(textOf(target.labelSelector), asObject(labels) as Readonly<Record<string, string>>)
      && matchesSelectorText(textOf(target.annotationSelector), annotationsOf(object));
  }
}

/** Whether a pattern fits a whole text; a missing one fits every text. */
function fits(pattern: unknown, text: string): boolean {
  if (typeof pattern !== 'string' || pattern === '') return true;
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    // Go's expressions are not all those of JavaScript.
    return false;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
