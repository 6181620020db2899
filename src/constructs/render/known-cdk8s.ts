import { ApiObject, ApiObjectMetadataDefinition } from 'cdk8s';

/** The parts of cdk8s that the short cuts of this folder were written for, as versions 2.70.0 to 2.70.106 have them. */
const known = {
  objectMethods: ['constructor', 'addDependency', 'addJsonPatch', 'toJson'],
  metadataMethods: ['constructor', 'add', 'addAnnotation', 'addFinalizers', 'addLabel', 'addOwnerReference', 'getLabel', 'toJson'],
};
const metadataFields: ReadonlySet<string> = new Set([
  '_additionalAttributes', 'annotations', 'apiObject', 'finalizers', 'labels', 'name', 'namespace', 'ownerReferences',
]);

/** Whether objects and their metadata can only be changed in the known ways, so that changes can be counted. */
export const hasKnownMethods = isSame(Object.getOwnPropertyNames(ApiObject.prototype), known.objectMethods)
  && isSame(Object.getOwnPropertyNames(ApiObjectMetadataDefinition.prototype), known.metadataMethods);

/** Whether metadata keeps what it holds in the known fields. */
export function hasKnownFields(metadata: ApiObjectMetadataDefinition): boolean {
  const names = Object.keys(metadata);
  return names.length === metadataFields.size && names.every((name) => metadataFields.has(name));
}

function isSame(names: readonly string[], expected: readonly string[]): boolean {
  return names.length === expected.length && expected.every((name) => names.includes(name));
}
