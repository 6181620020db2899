// Long because it is a table of rules.
import { isContainerResource, isExtendedResource, isHugePages, isInteger, isNativeResource, isOvercommitAllowed, isPodResource, isStandardResource, isUsual } from './resource-names';
import { type Decoded } from '../../api/decoded';
import { type Container, type PodResourceClaim, type PodSpec, type ResourceRequirements } from '../../api/kubernetes';
import { checkDnsLabel, checkQualifiedName } from '../../api/names';
import { compareQuantities, formatQuantity, isWholeQuantity, type ParsedQuantity, roundToMilli, tryParseQuantity } from '../../api/quantity';
import { sumOfContainerLimits, sumOfContainerRequests } from '../../api/resource-sums';
import { type FieldPath } from '../../core/field-path';
import { forbidden, oneOf, required, wellNamed } from '../rule/makers/makers';
import { dnsSubdomain } from '../rule/makers/names';
import { type RuleGroup, type Scope } from '../rule/rule';
import { inContainer, inPod } from '../rule/wrap';

type Target = Decoded<ResourceRequirements>;

const source = 'pkg/apis/core/validation/validation.go validateResourceRequirements (v1.37)';
const hugePages = { 'hugepages-2Mi': '4Mi', 'memory': '1Gi' };

/** Amounts of resources: of a container, of the whole pod, and the overhead. */
const amountGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*].resources',
  source,
  wrap: (resources) => inContainer({ resources }),
  rules: [
    {
      id: 'resource-name-is-a-qualified-name',
      field: '{limits,requests}[*]',
      type: 'Invalid',
      message: 'must be a qualified name',
      finds: (target, scope) => eachOtherAmount(target, (name, _, kind) => {
        for (const problem of checkQualifiedName(name)) scope.report(name, amountAt(scope, kind, name), problem);
      }),
      examples: { bad: [{ limits: { 'a b': '1' } }], good: [{ limits: { 'example.com/gpu': '1' } }] },
    },
    {
      id: 'resource-name-standard-or-qualified',
      field: '{limits,requests}[*]',
      type: 'Invalid',
      message: 'must be a standard resource type or fully qualified',
      finds: (target, scope) => eachOtherAmount(target, (name, _, kind) => {
        if (checkQualifiedName(name).length === 0 && !name.includes('/') && !isStandardResource(name)) scope.report(name, amountAt(scope, kind, name));
      }),
      examples: { bad: [{ limits: { gpu: '1' } }], good: [{ limits: { cpu: '1' } }] },
    },
    {
      id: 'resource-amount-not-negative',
      field: '{limits,requests}[*]',
      type: 'Invalid',
      message: 'must be greater than or equal to 0',
      source: 'pkg/apis/core/validation/validation.go ValidateResourceQuantityValue (v1.37)',
      finds: (target, scope) => eachAmount(target, (name, quantity, kind) => {
        if (quantity.nano < 0n) scope.report(formatQuantity(quantity), amountAt(scope, kind, name));
      }),
      examples: { bad: [{ limits: { memory: '-1' } }], good: [{ limits: { memory: '0' } }] },
    },
    {
      id: 'extended-resource-amount-whole',
      field: '{limits,requests}[*]',
      type: 'Invalid',
      message: 'must be an integer',
      source: 'pkg/apis/core/validation/validation.go ValidateResourceQuantityValue (v1.37)',
      finds: (target, scope) => eachOtherAmount(target, (name, quantity, kind) => {
        if (isInteger(name) && !isWholeQuantity(roundToMilli(quantity))) {
          scope.report(formatQuantity(quantity), amountAt(scope, kind, name));
        }
      }),
      examples: { bad: [{ limits: { 'example.com/gpu': '1.5' } }], good: [{ limits: { 'example.com/gpu': '2' } }] },
    },
    {
      id: 'huge-pages-whole',
      field: '{limits,requests}[*]',
      type: 'Invalid',
      message: 'is not positive integer multiple of the page size',
      source: 'pkg/apis/core/validation/validation.go validateResourceQuantityHugePageValue (v1.37)',
      finds: (target, scope) => eachOtherAmount(target, (name, quantity, kind) => {
        if (isHugePages(name) && !isMultipleOfPage(name, quantity)) {
          scope.report(formatQuantity(quantity), amountAt(scope, kind, name), `${formatQuantity(quantity)} is not positive integer multiple of ${name}`);
        }
      }),
      examples: { bad: [{ limits: { ...hugePages, 'hugepages-2Mi': '3Mi' } }], good: [{ limits: hugePages }] },
    },
    {
      id: 'request-equals-limit',
      field: 'requests',
      type: 'Invalid',
      message: 'must be equal to the limit',
      finds: (target, scope) => {
        if (!holdsOther(target.requests)) return;
        eachRequest(target, (name, request, limit) => {
          if (isOvercommitAllowed(name) || compareQuantities(request, limit) === 0) return;
          scope.report(formatQuantity(request), undefined, `must be equal to ${name} limit of ${formatQuantity(limit)}`);
        });
      },
      examples: {
        bad: [{ requests: { 'example.com/gpu': '1' }, limits: { 'example.com/gpu': '2' } }],
        good: [{ requests: { 'example.com/gpu': '2' }, limits: { 'example.com/gpu': '2' } }],
      },
    },
    {
      id: 'request-within-limit',
      field: 'requests',
      type: 'Invalid',
      message: 'must be less than or equal to the limit',
      finds: (target, scope) => eachRequest(target, (name, request, limit) => {
        if (isOvercommitAllowed(name) && compareQuantities(request, limit) > 0) {
          scope.report(formatQuantity(request), undefined, `must be less than or equal to ${name} limit of ${formatQuantity(limit)}`);
        }
      }),
      examples: { bad: [{ requests: { cpu: '2' }, limits: { cpu: '1' } }], good: [{ requests: { cpu: '100m' }, limits: { cpu: '0.1' } }] },
    },
    {
      id: 'extended-resource-has-a-limit',
      field: 'limits',
      type: 'Required',
      message: 'Limit must be set for non overcommitable resources',
      finds: ({ limits = {}, requests }, scope) => {
        for (const name in requests) if (!isOvercommitAllowed(name) && !Object.hasOwn(limits, name)) scope.report();
      },
      examples: { bad: [{ requests: { 'example.com/gpu': '1' } }], good: [{ limits: { 'example.com/gpu': '1' } }] },
    },
    {
      id: 'huge-pages-need-cpu-or-memory',
      field: '',
      type: 'Forbidden',
      message: 'HugePages require cpu or memory',
      finds: ({ limits = {}, requests = {} }, scope) => {
        if (!holdsOther(limits) && !holdsOther(requests)) return;
        const names = [...Object.keys(limits), ...Object.keys(requests)];
        if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory')) scope.report();
      },
      examples: { bad: [{ limits: { 'hugepages-2Mi': '4Mi' } }], good: [{ limits: hugePages }] },
    },
  ],
};

/** What only containers and the overhead may ask for. */
const containerGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*].resources',
  source: 'pkg/apis/core/validation/validation.go validateContainerResourceName (v1.37)',
  wrap: (resources) => inContainer({ resources }),
  rules: [
    {
      id: 'resource-is-for-containers',
      field: '{limits,requests}[*]',
      type: 'Invalid',
      message: 'must be a standard resource for containers',
      finds: (target, scope) => eachOtherAmount(target, (name, _, kind) => { if (!name.includes('/') && !isContainerResource(name)) scope.report(name, amountAt(scope, kind, name)); }),
      examples: { bad: [{ limits: { pods: '1' } }], good: [{ limits: { 'ephemeral-storage': '1Gi' } }] },
    },
    {
      id: 'resource-is-an-extended-resource',
      field: '{limits,requests}[*]',
      type: 'Invalid',
      message: 'doesn\'t follow extended resource name standard',
      finds: (target, scope) => eachOtherAmount(target, (name, _, kind) => {
        if (name.includes('/') && !isNativeResource(name) && !isExtendedResource(name)) scope.report(name, amountAt(scope, kind, name));
      }),
      examples: { bad: [{ limits: { 'requests.example.com/gpu': '1' } }], good: [{ limits: { 'example.com/gpu': '1' } }] },
    },
  ],
};

/** The amounts that every container may ask for: most Jobs have no others, and can break only these rules about them. */
export const usualAmounts: RuleGroup<Target> = {
  ...amountGroup,
  rules: amountGroup.rules.filter(({ id }) => id === 'resource-amount-not-negative' || id === 'request-within-limit'),
};

/** Claims of devices by a container. */
const claimGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*].resources',
  source: 'pkg/apis/core/validation/validation.go validateResourceClaimNames (v1.37)',
  wrap: (resources) => inPod({
    resourceClaims: [{ name: 'gpu', resourceClaimName: 'c' }], containers: [{ name: 'main', image: 'busybox', resources }],
  }),
  rules: [
    {
      id: 'claim-reference-given',
      field: 'claims[*]',
      type: 'Required',
      message: '',
      finds: ({ claims }, scope) => claims?.forEach(({ name = '' }, position) => {
        if (name === '') scope.report(undefined, scope.at.child('claims').index(position));
      }),
      examples: { bad: [{ claims: [{}] }], good: [{ claims: [{ name: 'gpu' }] }] },
    },
    {
      id: 'claim-references-unique',
      field: 'claims[*]',
      type: 'Duplicate',
      message: '',
      finds: ({ claims }, scope) => {
        const seen = new Set<string>();
        // How many requests of each claim have been seen.
        const requests = new Map<string, number>();
        claims?.forEach(({ name = '', request = '' }, position) => {
          if (name === '') return;
          const key = request === '' ? name : `${name}/${request}`;
          const at = scope.at.child('claims').index(position);
          const [claim = '', ...asked] = key.split('/');
          if (seen.has(name)) scope.report(name, at);
          else if (seen.has(key)) scope.report(key, at);
          else if (request === '') for (let count = requests.get(name) ?? 0; count > 0; count -= 1) scope.report(name, at);
          if (seen.has(name) || seen.has(key)) return;
          seen.add(key);
          if (asked.length > 0) requests.set(claim, (requests.get(claim) ?? 0) + 1);
        });
      },
      examples: { bad: [{ claims: [{ name: 'gpu' }, { name: 'gpu' }] }], good: [{ claims: [{ name: 'gpu', request: 'a' }, { name: 'gpu', request: 'b' }] }] },
    },
    {
      id: 'claim-request-is-a-label',
      field: 'claims[*].request',
      type: 'Invalid',
      message: 'must be a lowercase RFC 1123 label',
      finds: ({ claims }, scope) => {
        const whole = new Set<string>();
        claims?.forEach(({ name = '', request = '' }, position) => {
          if (name !== '' && request !== '' && !whole.has(name)) {
            scope.reportAll(checkDnsLabel(request), request, scope.at.child('claims').index(position).child('request'));
          }
          if (request === '') whole.add(name);
        });
      },
      examples: { bad: [{ claims: [{ name: 'gpu', request: 'A' }] }], good: [{ claims: [{ name: 'gpu', request: 'a' }] }] },
    },
    {
      id: 'claim-reference-exists',
      field: 'claims[*]',
      type: 'NotFound',
      message: 'must be one of the names in pod.spec.resourceClaims',
      finds: ({ claims }, scope) => {
        if (claims === undefined) return;
        const names = new Set((scope.pod.resourceClaims ?? []).map((claim) => claim.name ?? '').filter((known) => known !== '').sort());
        const known = names.size === 0 ? ' which is empty' : `: ${[...names].join(', ')}`;
        claims.forEach(({ name = '' }, position) => {
          if (name === '' || names.has(name)) return;
          scope.report(name, scope.at.child('claims').index(position), `must be one of the names in pod.spec.resourceClaims${known}`);
        });
      },
      examples: { bad: [{ claims: [{ name: 'other' }] }], good: [{ claims: [{ name: 'gpu' }] }] },
    },
  ],
};

/** How a container's resources may change while it runs. */
const resizePolicyGroup: RuleGroup<Decoded<Container>> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go validateResizePolicy (v1.37)',
  wrap: (container) => inPod({ restartPolicy: 'OnFailure', containers: [{ name: 'main', image: 'busybox', ...container }] }),
  rules: [
    {
      id: 'resize-resources-unique',
      field: 'resizePolicy[*]',
      type: 'Duplicate',
      message: '',
      finds: ({ resizePolicy }, scope) => {
        const seen = new Set<string>();
        resizePolicy?.forEach(({ resourceName = '' }, position) => {
          if (seen.has(resourceName)) scope.report(resourceName, scope.at.child('resizePolicy').index(position));
          seen.add(resourceName);
        });
      },
      examples: { bad: [resizing({}, {})], good: [resizing({}, { resourceName: 'memory' })] },
    },
    required({
      id: 'resize-resource-given',
      field: 'resizePolicy',
      reads: 'resizePolicy[*].resourceName',
      examples: { bad: [resizing({ resourceName: '' })], good: [resizing({})] },
    }),
    oneOf({
      id: 'resize-resource-known',
      field: 'resizePolicy',
      reads: 'resizePolicy[*].resourceName',
      checks: 'filled',
      values: ['cpu', 'memory'],
      examples: { bad: [resizing({ resourceName: 'gpu' })], good: [resizing({})] },
    }),
    required({
      id: 'resize-restart-policy-given',
      field: 'resizePolicy',
      reads: 'resizePolicy[*].restartPolicy',
      examples: { bad: [resizing({ restartPolicy: '' })], good: [resizing({})] },
    }),
    oneOf({
      id: 'resize-restart-policy-known',
      field: 'resizePolicy',
      reads: 'resizePolicy[*].restartPolicy',
      checks: 'filled',
      values: ['NotRequired', 'RestartContainer'],
      examples: { bad: [resizing({ restartPolicy: 'Always' })], good: [resizing({ restartPolicy: 'RestartContainer' })] },
    }),
    {
      id: 'resize-restarts-nothing-with-never',
      field: 'resizePolicy',
      type: 'Invalid',
      message: 'must be \'NotRequired\' when pod `restartPolicy` is \'Never\'',
      finds: ({ resizePolicy }, scope) => {
        if (scope.pod.restartPolicy !== 'Never') return;
        for (const { restartPolicy = '' } of resizePolicy ?? []) if (restartPolicy !== 'NotRequired') scope.report(restartPolicy);
      },
      // Needs `restartPolicy: Never` in the pod: tested with the vectors.
      examples: { bad: [], good: [resizing({})] },
    },
  ],
};

/** Resources of the pod as a whole, since 1.34. */
const podGroup: RuleGroup<Decoded<PodSpec>> = {
  at: 'spec.template.spec',
  source: 'pkg/apis/core/validation/validation.go validatePodResources (v1.37)',
  since: 34,
  wrap: inPod,
  rules: [
    forbidden({
      id: 'pod-resources-without-claims',
      field: 'resources.claims',
      message: 'claims may not be set for Resources at pod-level',
      examples: { bad: [{ resources: { claims: [{ name: 'x' }] }, resourceClaims: [{ name: 'x', resourceClaimName: 'c' }] }], good: [{ resources: {} }] },
    }),
    {
      id: 'pod-resource-known',
      field: 'resources.{limits,requests}[*]',
      type: 'NotSupported',
      message: 'supported values: "cpu", "hugepages-", "memory"',
      source: 'pkg/apis/core/validation/validation.go validatePodResourceName (v1.37)',
      finds: ({ resources = {} }, scope) => {
        for (const kind of ['limits', 'requests'] as const) {
          for (const name in resources[kind]) {
            const isNamed = checkQualifiedName(name).length === 0 && (name.includes('/') || isStandardResource(name));
            if (isNamed && !isPodResource(name)) scope.report(name, scope.at.child('resources', kind).key(name));
          }
        }
      },
      examples: { bad: [{ resources: { limits: { 'ephemeral-storage': '1Gi' } } }], good: [{ resources: { limits: { cpu: '1' } } }] },
    },
    {
      id: 'pod-request-covers-containers',
      field: 'resources.requests[*]',
      type: 'Invalid',
      message: 'must be greater than or equal to aggregate container requests',
      source: 'pkg/apis/core/validation/validation.go validatePodResourceConsistency (v1.37)',
      finds: (pod, scope) => {
        if (pod.resources?.requests === undefined) return;
        for (const [name, sum] of sumOfContainerRequests(pod)) {
          const request = tryParseQuantity(pod.resources.requests[name] ?? '');
          if (request !== undefined && sum > request.nano) {
            scope.report(formatQuantity(request), scope.at.child('resources', 'requests').key(name),
              `must be greater than or equal to aggregate container requests of ${formatQuantity({ nano: sum, format: request.format })}`);
          }
        }
      },
      examples: {
        bad: [{ resources: { requests: { cpu: '1' } }, containers: [{ name: 'main', image: 'busybox', resources: { requests: { cpu: '2' } } }] }],
        good: [{ resources: { requests: { cpu: '2' } }, containers: [{ name: 'main', image: 'busybox', resources: { requests: { cpu: '2' } } }] }],
      },
    },
    {
      id: 'container-limit-within-pod-limit',
      field: 'resources.containers[*][*].limits',
      type: 'Invalid',
      message: 'must be less than or equal to pod limits',
      source: 'pkg/apis/core/validation/validation.go validatePodResourceConsistency (v1.37)',
      finds: ({ resources, containers }, scope) => {
        if (resources?.limits === undefined) return;
        containers?.forEach((container, position) => {
          for (const name in container.resources?.limits) {
            const podLimit = tryParseQuantity(resources.limits?.[name] ?? '');
            const limit = tryParseQuantity(container.resources?.limits?.[name] ?? '');
            if (podLimit === undefined || limit === undefined || compareQuantities(limit, podLimit) <= 0) continue;
            scope.report(formatQuantity(limit), scope.at.child('resources', 'containers').index(position).key(name).child('limits'),
              `must be less than or equal to pod limits of ${formatQuantity(podLimit)}`);
          }
        });
      },
      examples: {
        bad: [{ resources: { limits: { cpu: '1' } }, containers: [{ name: 'main', image: 'busybox', resources: { limits: { cpu: '2' } } }] }],
        good: [{ resources: { limits: { cpu: '2' } }, containers: [{ name: 'main', image: 'busybox', resources: { limits: { cpu: '2' } } }] }],
      },
    },
    {
      id: 'pod-huge-pages-cover-containers',
      field: 'resources.limits[*]',
      type: 'Invalid',
      message: 'must be greater than or equal to aggregate container limits',
      source: 'pkg/apis/core/validation/validation.go validatePodResourceConsistency (v1.37)',
      finds: (pod, scope) => {
        if (pod.resources?.limits === undefined) return;
        for (const [name, sum] of sumOfContainerLimits(pod)) {
          const limit = tryParseQuantity(pod.resources.limits[name] ?? '');
          if (isHugePages(name) && limit !== undefined && sum > limit.nano) {
            scope.report(formatQuantity(limit), scope.at.child('resources', 'limits').key(name),
              `must be greater than or equal to aggregate container limits of ${formatQuantity({ nano: sum, format: limit.format })}`);
          }
        }
      },
      examples: {
        bad: [{
          resources: { limits: { 'hugepages-2Mi': '4Mi', 'memory': '1Gi' } },
          containers: ['a', 'b'].map((name) => ({ name, image: 'busybox', resources: { limits: { 'hugepages-2Mi': '4Mi', 'memory': '1Mi' } } })),
        }],
        good: [{ resources: { limits: { 'hugepages-2Mi': '4Mi', 'memory': '1Gi' } } }],
      },
    },
  ],
};

/** A claim of devices by the pod, since 1.34. */
const podClaimGroup: RuleGroup<Decoded<PodResourceClaim>> = {
  at: 'spec.template.spec.resourceClaims[*]',
  source: 'pkg/apis/core/validation/validation.go validatePodResourceClaim (v1.37)',
  since: 34,
  wrap: (claim) => inPod({ resourceClaims: [{ name: 'gpu', resourceClaimName: 'c', ...claim }] }),
  rules: [
    required({
      id: 'pod-claim-name-given',
      field: 'name',
      examples: { bad: [{ name: '' }], good: [{}] },
    }),
    {
      id: 'pod-claim-names-unique',
      field: 'name',
      type: 'Duplicate',
      message: '',
      finds: (claim, scope) => { if (isRepeated(claim, scope)) scope.report(claim.name); },
      // Needs two claims: tested with the vectors.
      examples: { bad: [], good: [{}] },
    },
    {
      id: 'pod-claim-name-is-a-label',
      field: 'name',
      type: 'Invalid',
      message: 'must be a lowercase RFC 1123 label',
      finds: (claim, scope) => { if ((claim.name ?? '') !== '' && !isRepeated(claim, scope)) scope.reportAll(checkDnsLabel(claim.name ?? ''), claim.name); },
      examples: { bad: [{ name: 'GPU' }], good: [{}] },
    },
    {
      id: 'pod-claim-one-source',
      field: '',
      type: 'Invalid',
      message: 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
      finds: (claim, scope) => {
        if (claim.resourceClaimName !== undefined && claim.resourceClaimTemplateName !== undefined) {
          scope.report(claim);
        }
      },
      examples: { bad: [{ resourceClaimTemplateName: 't' }], good: [{}] },
    },
    {
      id: 'pod-claim-has-a-source',
      field: '',
      type: 'Invalid',
      message: 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`',
      finds: (claim, scope) => {
        if (claim.resourceClaimName === undefined && claim.resourceClaimTemplateName === undefined) {
          scope.report(claim);
        }
      },
      examples: { bad: [{ resourceClaimName: undefined }], good: [{}] },
    },
    wellNamed({
      id: 'pod-claim-source-is-a-subdomain',
      field: 'resourceClaimName',
      checks: 'given',
      as: dnsSubdomain,
      examples: { bad: [{ resourceClaimName: 'C' }], good: [{}] },
    }),
    wellNamed({
      id: 'pod-claim-template-is-a-subdomain',
      field: 'resourceClaimTemplateName',
      checks: 'given',
      as: dnsSubdomain,
      examples: { bad: [{ resourceClaimName: undefined, resourceClaimTemplateName: 'T' }], good: [{ resourceClaimName: undefined, resourceClaimTemplateName: 't' }] },
    }),
  ],
};

/** The groups about resources and claims of devices. */
export const resourceRules = {
  amount: amountGroup,
  container: containerGroup,
  claim: claimGroup,
  resizePolicy: resizePolicyGroup,
  pod: podGroup,
  podClaim: podClaimGroup,
};

/** The first claim of each name, by the list that holds them. */
const firstOfName = new WeakMap<object, Map<string, Decoded<PodResourceClaim>>>();

function isRepeated(claim: Decoded<PodResourceClaim>, { pod: { resourceClaims = [] } }: Scope): boolean {
  let first = firstOfName.get(resourceClaims);
  if (first === undefined) {
    firstOfName.set(resourceClaims, first = new Map());
    for (const entry of resourceClaims) if (!first.has(entry.name ?? '')) first.set(entry.name ?? '', entry);
  }
  return (claim.name ?? '') !== '' && first.get(claim.name ?? '') !== claim;
}

function eachAmount(target: Target, visit: (name: string, quantity: ParsedQuantity, kind: 'limits' | 'requests') => void): void {
  for (const kind of ['limits', 'requests'] as const) {
    const amounts = target[kind];
    for (const name in amounts) {
      const quantity = quantityOf(amounts[name] ?? '');
      if (quantity !== undefined) visit(name, quantity, kind);
    }
  }
}

/** Visits amounts of what not every container may ask for: most Jobs have none. */
function eachOtherAmount(target: Target, visit: (name: string, quantity: ParsedQuantity, kind: 'limits' | 'requests') => void): void {
  if (holdsOthers(target)) {
    eachAmount(target, (name, quantity, kind) => { if (!isUsual(name)) visit(name, quantity, kind); });
  }
}

/** Whether there are amounts of what not every container may ask for. */
export function holdsOthers({ limits, requests }: Target): boolean {
  return holdsOther(limits) || holdsOther(requests);
}

function holdsOther(amounts: Target['limits']): boolean {
  for (const name in amounts) if (!isUsual(name)) return true;
  return false;
}

function eachRequest(
  { limits, requests }: Target, visit: (name: string, request: ParsedQuantity, limit: ParsedQuantity) => void,
): void {
  if (limits === undefined) return;
  for (const name in requests) {
    const request = quantityOf(requests[name] ?? '');
    const limit = Object.hasOwn(limits, name) ? quantityOf(limits[name] ?? '') : undefined;
    if (request !== undefined && limit !== undefined) visit(name, request, limit);
  }
}

function amountAt(scope: Scope, kind: 'limits' | 'requests', name: string): FieldPath {
  return scope.at.child(kind).key(name);
}

const recent = new Map<string | number, ParsedQuantity | undefined>();

/** A parsed amount. Several rules read each one, and a chart repeats the same few: recent ones are cached. */
function quantityOf(text: string | number): ParsedQuantity | undefined {
  let quantity = recent.get(text);
  if (quantity === undefined) {
    if (recent.size > 500) recent.clear();
    recent.set(text, quantity = tryParseQuantity(text));
  }
  return quantity;
}

function isMultipleOfPage(name: string, quantity: ParsedQuantity): boolean {
  const page = tryParseQuantity(name.slice('hugepages-'.length));
  if (page === undefined || page.nano <= 0n || !isWholeQuantity(page)) return false;
  const billion = 10n ** 9n;
  const whole = quantity.nano <= 0n ? quantity.nano / billion : (quantity.nano + billion - 1n) / billion;
  return whole % (page.nano / billion) === 0n;
}

function resizing(...policies: readonly object[]): object {
  return { resizePolicy: policies.map((policy) => ({ resourceName: 'cpu', restartPolicy: 'NotRequired', ...policy })) };
}
