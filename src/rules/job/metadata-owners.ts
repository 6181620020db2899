import { type Decoded } from '../../api/decoded';
import { type ObjectMeta, type OwnerReference } from '../../api/kubernetes';
import { required } from '../rule/makers/makers';
import { type RuleGroup } from '../rule/rule';
import { inMetadata } from '../rule/wrap';

const source = 'staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go validateOwnerReference (v1.37)';

/** One owner reference, since 1.37: blamed with its index. */
const ownerGroup: RuleGroup<Decoded<OwnerReference>> = {
  at: 'metadata.ownerReferences[*]',
  source,
  wrap: (example) => inMetadata({ ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: '1', ...example }] }),
  rules: [
    required({
      id: 'owner-api-version-given',
      field: 'apiVersion',
      message: 'must not be empty',
      reworded: { since: 38, message: '' },
      since: 37,
      examples: { bad: [{ apiVersion: '' }], good: [{ apiVersion: 'apps/v1' }] },
    }),
    {
      id: 'owner-api-version-well-formed',
      field: 'apiVersion',
      type: 'Invalid',
      message: 'must be <group>/<version> or <version>',
      since: 37,
      finds: ({ apiVersion }, scope) => { if (!isEmpty(apiVersion) && versionPart(apiVersion) === '') scope.report(apiVersion); },
      examples: { bad: [{ apiVersion: 'a/b/c' }, { apiVersion: 'apps/' }], good: [{ apiVersion: '/v1' }] },
    },
    required({
      id: 'owner-kind-given',
      field: 'kind',
      message: 'must not be empty',
      reworded: { since: 38, message: '' },
      since: 37,
      examples: { bad: [{ kind: '' }], good: [{}] },
    }),
    required({
      id: 'owner-name-given',
      field: 'name',
      message: 'must not be empty',
      reworded: { since: 38, message: '' },
      since: 37,
      examples: { bad: [{ name: '' }], good: [{}] },
    }),
    required({
      id: 'owner-uid-given',
      field: 'uid',
      message: 'must not be empty',
      reworded: { since: 38, message: '' },
      since: 37,
      examples: { bad: [{ uid: '' }], good: [{}] },
    }),
    {
      id: 'owner-is-no-event',
      field: '',
      type: 'Invalid',
      message: '/v1, Kind=Event is disallowed from being an owner',
      since: 37,
      finds: (owner, scope) => { if (isEvent(owner)) scope.report(owner); },
      examples: { bad: [{ kind: 'Event' }, { apiVersion: '/v1', kind: 'Event' }], good: [{ apiVersion: 'events.k8s.io/v1', kind: 'Event' }] },
    },
  ],
};

/** All owner references, up to 1.36: blamed without an index. */
const oldOwnersGroup: RuleGroup<Decoded<ObjectMeta>> = {
  at: 'metadata',
  source,
  wrap: (example) => inMetadata({ ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: '1', ...example }] }),
  rules: [
    {
      id: 'owner-api-version-not-empty',
      field: 'ownerReferences.apiVersion',
      type: 'Invalid',
      message: 'version must not be empty',
      until: 36,
      finds: ({ ownerReferences }, scope) => {
        for (const { apiVersion } of ownerReferences ?? []) if (versionPart(apiVersion) === '') scope.report(apiVersion ?? '');
      },
      examples: { bad: [{ apiVersion: 'apps/' }, { apiVersion: '' }], good: [{ apiVersion: 'apps/v1' }] },
    },
    required({
      id: 'owner-kind-not-empty',
      field: 'ownerReferences.kind',
      reads: 'ownerReferences[*].kind',
      type: 'Invalid',
      message: 'kind must not be empty',
      until: 36,
      examples: { bad: [{ kind: '' }], good: [{}] },
    }),
    required({
      id: 'owner-name-not-empty',
      field: 'ownerReferences.name',
      reads: 'ownerReferences[*].name',
      type: 'Invalid',
      message: 'name must not be empty',
      until: 36,
      examples: { bad: [{ name: '' }], good: [{}] },
    }),
    required({
      id: 'owner-uid-not-empty',
      field: 'ownerReferences.uid',
      reads: 'ownerReferences[*].uid',
      type: 'Invalid',
      message: 'uid must not be empty',
      until: 36,
      examples: { bad: [{ uid: '' }], good: [{}] },
    }),
    {
      id: 'owners-are-no-events',
      field: 'ownerReferences',
      type: 'Invalid',
      message: '/v1, Kind=Event is disallowed from being an owner',
      until: 36,
      finds: ({ ownerReferences }, scope) => { for (const owner of ownerReferences ?? []) if (isEvent(owner)) scope.report(owner); },
      examples: { bad: [{ kind: 'Event' }], good: [{ apiVersion: 'events.k8s.io/v1', kind: 'Event' }] },
    },
  ],
};

/** The groups about owners. */
export const ownerRules = { owner: ownerGroup, oldOwners: oldOwnersGroup };

/** The version of `version` or `group/version`; empty for anything else. */
function versionPart(apiVersion: string = ''): string {
  const parts = apiVersion.split('/');
  return parts.length > 2 ? '' : parts.at(-1) ?? '';
}

function isEvent({ apiVersion, kind }: Decoded<OwnerReference>): boolean {
  return kind === 'Event' && (apiVersion === 'v1' || apiVersion === '/v1');
}

function isEmpty(text: string | undefined): boolean {
  return text === undefined || text === '';
}
