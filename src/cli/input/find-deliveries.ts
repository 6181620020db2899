import type { ManifestFile } from './manifest-file';
import { deliveriesOf, type Delivery } from '../../rules/gitops/delivery';
import { readKubectlObjects } from '../../yaml/kubectl-objects';
import type { ManifestDocument } from '../../yaml/read-manifests';

/** How the object of a document is applied from Git; `pathPrefix` is what stands before its fields: `items[2].`. */
export type FindDelivery = (document: ManifestDocument, pathPrefix: string) => Delivery | undefined;

/** Reads all files for what they say of how their objects are applied from Git. */
export function findDeliveries(files: readonly ManifestFile[]): FindDelivery {
  const places = files.flatMap(({ name, stream }) => stream.documents.flatMap((document) => {
    return readKubectlObjects(document.value).objects.map(({ value, pathPrefix }) => ({ object: value, file: name, document, pathPrefix }));
  }));
  const byDocument = new Map<ManifestDocument, Map<string, Delivery>>();
  deliveriesOf(places).forEach((delivery, position) => {
    const place = places[position];
    if (place === undefined) return;
    const ofDocument = byDocument.get(place.document) ?? new Map<string, Delivery>();
    byDocument.set(place.document, ofDocument.set(place.pathPrefix, delivery));
  });
  return (document, pathPrefix) => byDocument.get(document)?.get(pathPrefix);
}
