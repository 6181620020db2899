import { type CheckedFile, type CheckedObject, noCounts } from './check-file';
import type { GitOpsTool } from '../../api/gitops';
import { UsageError } from '../../core/errors';
import { rememberedFor } from '../../core/remembered';
import { sameNameFinding } from '../../rules/same-name';
import { idsSilencedIn } from '../../rules/silence';
import { fateOf, type TellOptions } from '../../rules/tell';
import type { ManifestDocument } from '../../yaml/read-manifests';
import type { ServerFlags } from '../input/api-server';
import type { FindDelivery } from '../input/find-deliveries';
import type { ManifestFile } from '../input/manifest-file';
import { namePlace, placeFinding } from '../input/place-finding';
import { type CheckedPlace, findFaultsTogether } from '../tables/order-findings';
import type { ReportedFinding, ValidationReport } from '../tables/validation-report';

/** What a report of `validate` is about. */
export interface ReportSettings extends ServerFlags {
  readonly telling: TellOptions;
  /** The tool that applies the manifests from Git, and how it applies each. */
  readonly git?: { readonly gitops: GitOpsTool; readonly deliveryOf: FindDelivery } | undefined;
}

/**
 * What was found in each file, and what all of them together tell: a name that is given twice, and what `findFaultsTogether` finds.
 *
 * @param problems what could not be read; it comes first.
 * @param files those that were checked, for the places in them.
 * @param checked what was found in each of them.
 * @throws {UsageError} for a file that is needed once more, to find a place in it, and is another one by now.
 */
export function reportOf(
  problems: readonly ReportedFinding[], files: readonly ManifestFile[], checked: readonly CheckedFile[], settings: ReportSettings,
): ValidationReport {
  const { kubernetesVersion, featureGates, git, telling } = settings;
  const findings = [...problems];
  const counts = noCounts();
  const objects: CheckedPlace[] = [];
  const findTwin = twinFinder();
  const documentAt = documentFinder();
  for (const [fileIndex, { name: file, documents, problem, counts: ofFile }] of checked.entries()) {
    for (const name of countNames) counts[name] += ofFile[name];
    for (const [index, { findings: ofDocument, objects: inDocument }] of documents.entries()) {
      for (const finding of ofDocument) findings.push(finding);
      const document = (): ManifestDocument => documentAt(files[fileIndex], index);
      for (const object of inDocument) {
        const place = { value: object.part, file, position: index + 1, pathPrefix: object.pathPrefix, document };
        for (const finding of [...object.findings, ...findTwin(object, place)]) findings.push(finding);
        objects.push(place);
      }
    }
    if (problem !== undefined) findings.push(problem);
  }
  for (const { object, finding } of findFaultsTogether(objects, git)) {
    const fate = fateOf(finding, telling, finding.severity === 'error' ? [] : idsSilencedIn(object));
    if (fate === 'told') findings.push(finding);
    else counts[fate] += 1;
  }
  const filesRead = checked.filter(({ isUnread }) => !isUnread).length;
  return { ...counts, files: filesRead, findings, kubernetesVersion, featureGates, gitops: git?.gitops };
}

const countNames = Object.keys(noCounts()) as Array<keyof CheckedFile['counts']>;

/** Finds objects whose identity an earlier one has, in whichever file. */
function twinFinder(): (object: CheckedObject, place: CheckedPlace) => ReportedFinding[] {
  const places = new Map<string, CheckedPlace>();
  return ({ identity }, place) => {
    if (identity === undefined) return [];
    const first = places.get(identity);
    if (first === undefined) {
      places.set(identity, place);
      return [];
    }
    const finding = sameNameFinding(identity, namePlace(first.file, first.document(), first.pathPrefix));
    return [{ ...placeFinding(place.document(), finding, place.pathPrefix), file: place.file, document: place.position }];
  };
}

/** Finds documents of files. A file that was not kept is read once more, for whatever places are asked for. */
function documentFinder(): (file: ManifestFile | undefined, index: number) => ManifestDocument {
  const streamOf = rememberedFor((file: ManifestFile) => file.stream);
  return (file, index) => {
    const document = file === undefined ? undefined : streamOf(file).documents[index];
    if (document !== undefined) return document;
    throw new UsageError(`Cannot read ${file?.name ?? 'a file'}: it was changed while it was checked`);
  };
}
