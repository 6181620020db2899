import { type ApiServer } from '../../../api/api-server';
import {
  checkConfigMapKey, checkDnsLabel, checkDnsSubdomain, checkEnvName, checkLabelValue, checkQualifiedName,
  checkIpAddress, checkStrictEnvName, checkSubdomainPrefix,
} from '../../../api/names';
import { findDescendingFaults, findVolumePathFaults, hasBackstep } from '../paths';

/** A way in which a text must be written. */
export interface NameKind {
  /** What the documentation says of it. */
  readonly message: string;
  /** What a version of the API server finds wrong in a text; nothing when it is well-formed. */
  readonly check: (text: string, server: ApiServer) => readonly string[];
}

const none: readonly string[] = [];
const backstepFaults: readonly string[] = ['must not contain \'..\''];

/** Name of a container, a volume, a namespace. */
export const dnsLabel: NameKind = { message: 'must be a lowercase RFC 1123 label', check: checkDnsLabel };

/** Name of most objects. */
export const dnsSubdomain: NameKind = { message: 'must be a lowercase RFC 1123 subdomain', check: checkDnsSubdomain };

/** Name of an object where the API server also takes a prefix, with a dash at the end. */
export const dnsSubdomainPrefix: NameKind = { message: dnsSubdomain.message, check: checkSubdomainPrefix };

/** The same kind as declared validation words it: it counts bytes. */
export function inBytes({ message, check }: NameKind): NameKind {
  return { message, check: (text, server) => check(text, server).map((problem) => problem.replace(/ characters$/, ' bytes')) };
}

/** Key of a label, name of a condition or a gate. */
export const qualifiedName: NameKind = { message: 'must be a qualified name', check: checkQualifiedName };

/** Value of a label. */
export const labelValue: NameKind = { message: 'must be a label value', check: checkLabelValue };

/** Name of an environment variable: since 1.32 nearly any text. */
export const envName: NameKind = {
  message: 'must consist only of printable ASCII characters other than \'=\'',
  check: (text, { gates }) => (gates.has('RelaxedEnvironmentVariableValidation') ? checkEnvName(text) : checkStrictEnvName(text)),
};

/** Key in a ConfigMap or Secret. */
export const configMapKey: NameKind = { message: 'must be the key of a ConfigMap or Secret', check: checkConfigMapKey };

/** A path that never goes up. */
export const steadyPath: NameKind = { message: backstepFaults.join(), check: (path) => (hasBackstep(path) ? backstepFaults : none) };

/** A path that stays below its directory. */
export const descendingPath: NameKind = { message: 'must be a relative path without \'..\'', check: findDescendingFaults };

/** A path of a file in a volume. */
export const volumePath: NameKind = { message: descendingPath.message, check: findVolumePathFaults };

/** An address of IPv4 or IPv6: since 1.36 without leading zeros. */
export const ipAddress: NameKind = {
  message: 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
  check: (text, { gates }) => checkIpAddress(text, gates.has('StrictIPCIDRValidation')),
};
