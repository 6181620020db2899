import { Yaml } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { newYamlWriter, writesAlike } from './yaml-writer';
import { rememberedFor } from '../../core/remembered';

/**
 * Lets a manifest write itself when cdk8s's own `App` writes it down: the same bytes, several times as fast.
 *
 * cdk8s writes with the package `yaml`, which lets a document write itself, and asks for its contents where it stands in something else.
 * The manifest gets what makes it such a document, hidden from whoever lists, compares or copies its fields; it can be changed as before.
 * A `yaml` that does not ask writes as ever.
 *
 * @param root the construct at the top; what is found out about texts is kept as long as it is there.
 * @returns the manifest itself.
 */
export function writingItself(manifest: unknown, root: IConstruct): unknown {
  if (typeof manifest !== 'object' || manifest === null || hidden.some((name) => Object.hasOwn(manifest, name))) return manifest;
  return Object.defineProperties(manifest, documentFieldsIn(root));
}

/** By what every copy of `yaml` knows a document of any other. */
const nodeType = Symbol.for('yaml.node.type');
const documentType = { value: Symbol.for('yaml.document'), configurable: true };
const hidden = ['contents', 'toString'];

/** What makes an object such a document: for all of an app the same, so that V8 gives all of them one hidden class. */
const documentFieldsIn = rememberedFor((root: IConstruct): PropertyDescriptorMap & ThisType<object> => ({
  [nodeType]: documentType,
  contents: {
    get() {
      return contentsOf(this);
    },
    configurable: true,
  },
  toString: {
    value(options: unknown) {
      return write({ ...this }, options, root);
    },
    configurable: true,
    writable: true,
  },
}));

/** The manifest as something that is no document; always the same for one, since what stands in two places is written once. */
const contentsOf = rememberedFor((manifest: object) => new Proxy(manifest, {
  get: (target, key) => (key === nodeType ? undefined : Reflect.get(target, key) as unknown),
}));

function write(contents: object, options: unknown, root: IConstruct): string {
  if (JSON.stringify(options) !== optionsOfCdk8s) return yamlOfCdk8s().stringify(contents, options);
  return writesAlike() ? writerFor(root)([contents]) : Yaml.stringify(contents);
}

const optionsOfCdk8s = JSON.stringify({ keepUndefined: true, lineWidth: 0, version: '1.1' });
const writerFor = rememberedFor((_root: IConstruct) => newYamlWriter());

/** What writes for somebody who called `yaml` in a way of his own. */
function yamlOfCdk8s(): { stringify(value: object, options: unknown): string } {
  // eslint-disable-next-line @typescript-eslint/no-require-imports, no-restricted-syntax -- nothing imports a copy inside of cdk8s.
  return require(require.resolve('yaml', { paths: [require.resolve('cdk8s')] })) as ReturnType<typeof yamlOfCdk8s>;
}
