import { Yaml } from 'cdk8s';
import { yamlWriter } from '../../yaml/write-like-yaml';

/** Writes documents with the bytes of cdk8s, where {@link writesAlike}; what is hard to tell is left to cdk8s itself. */
export function newYamlWriter(): (documents: readonly unknown[]) => string {
  return yamlWriter((document) => Yaml.stringify(document));
}

let answer: boolean | undefined;

/** Whether the cdk8s that is installed writes YAML as it is known to, tried once on a document of its own. */
export function writesAlike(): boolean {
  const list = ['text', 'a b: c', '1', 'true', '5Gi', '-x', 'one\ntwo\n', 1.5, false, null, [], {}, { c: {}, d: { 'e/f': 'g', '1': 'h' } }];
  const documents = [{ list, empty: {}, text: 'a\n\nb' }, undefined];
  answer ??= newYamlWriter()(documents) === Yaml.stringify(...documents);
  return answer;
}
