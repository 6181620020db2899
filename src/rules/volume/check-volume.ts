import { claimRules } from './claim';
import { envReferenceRules, fileReferenceRules } from './field-reference';
import { legacyVolumeRules } from './legacy';
import { projectedRules } from './projected';
import { volumeRules, kindOfVolume } from './volume';
import { type Decoded } from '../../api/decoded';
import { type DownwardAPIVolumeFile, type Volume } from '../../api/kubernetes';
import { type FieldPath } from '../../core/field-path';
import { labelSelectorRules } from '../job/label-selector';
import { type Scope } from '../rule/rule';

type Target = Decoded<Volume>;

/** The kinds of volumes that the legacy rules do not cover. */
const currentKinds: ReadonlySet<string> = new Set([
  'emptyDir', 'hostPath', 'secret', 'configMap', 'persistentVolumeClaim', 'projected', 'downwardAPI', 'csi', 'ephemeral', 'nfs', 'image', 'gitRepo',
]);

/** Checks one volume; of several kinds in one volume, only the first is checked. */
export function checkVolume(volume: Target, scope: Scope, at: FieldPath): void {
  scope.check(volumeRules.volume, volume, at);
  const kind = kindOfVolume(volume);
  if (kind === undefined) return;
  const source: Target = { name: volume.name ?? '', [kind]: volume[kind] };
  scope.check(volumeRules.source, source, at);
  if (!currentKinds.has(kind)) scope.check(legacyVolumeRules.source, source, at);
  checkItems(source, scope, at);
  if (source.projected !== undefined) checkProjected(source.projected, scope, at.child('projected'));
  if (source.ephemeral?.volumeClaimTemplate !== undefined) {
    const place = at.child('ephemeral', 'volumeClaimTemplate');
    scope.check(claimRules.template, source.ephemeral.volumeClaimTemplate, place);
    const selector = source.ephemeral.volumeClaimTemplate.spec?.selector;
    if (selector !== undefined) scope.check(labelSelectorRules.selector, selector, place.child('spec', 'selector'));
  }
}

function checkItems({ secret, configMap, downwardAPI }: Target, scope: Scope, at: FieldPath): void {
  secret?.items?.forEach((item, position) => scope.check(volumeRules.keyToPath, item, at.child('secret', 'items').index(position)));
  configMap?.items?.forEach((item, position) => scope.check(volumeRules.keyToPath, item, at.child('configMap', 'items').index(position)));
  for (const file of downwardAPI?.items ?? []) checkDownwardFile(file, scope, at.child('downwardAPI'));
}

function checkDownwardFile(file: Decoded<DownwardAPIVolumeFile>, scope: Scope, at: FieldPath): void {
  scope.check(volumeRules.downwardFile, file, at);
  if (file.fieldRef !== undefined) {
    scope.check(envReferenceRules.field, file.fieldRef, at.child('fieldRef'));
    scope.check(fileReferenceRules.field, file.fieldRef, at.child('fieldRef'));
  } else if (file.resourceFieldRef !== undefined) {
    scope.check(fileReferenceRules.resource, file.resourceFieldRef, at.child('resourceFieldRef'));
  }
}

function checkProjected(projected: NonNullable<Target['projected']>, scope: Scope, at: FieldPath): void {
  projected.sources?.forEach((source, position) => {
    const place = at.child('sources').index(position);
    const { secret, configMap, downwardAPI, clusterTrustBundle, podCertificate } = source;
    secret?.items?.forEach((item, index) => scope.check(volumeRules.keyToPath, item, place.child('secret', 'items').index(index)));
    configMap?.items?.forEach((item, index) => scope.check(volumeRules.keyToPath, item, place.child('configMap', 'items').index(index)));
    for (const file of downwardAPI?.items ?? []) checkDownwardFile(file, scope, place.child('downwardAPI'));
    if (clusterTrustBundle !== undefined) {
      scope.check(projectedRules.trustBundle, clusterTrustBundle, place.child('clusterTrustBundle'));
      const { name, signerName, labelSelector } = clusterTrustBundle;
      const isBySigner = name === undefined && signerName !== undefined;
      if (isBySigner && labelSelector !== undefined) scope.check(labelSelectorRules.selector, labelSelector, place.child('clusterTrustBundle', 'labelSelector'));
    }
    if (podCertificate !== undefined) scope.check(projectedRules.podCertificate, podCertificate, place.child('podCertificate'));
    scope.check(projectedRules.source, source, place);
  });
  scope.check(projectedRules.volume, projected, at);
}
