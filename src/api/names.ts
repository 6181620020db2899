/**
 * The grammars of names, checked at run time.
 *
 * Every `check…` function returns what is wrong with a text, in the API server's words: nothing, or one message per violated part.
 * Lengths are in bytes of UTF-8, as the API server counts them.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go (v1.37)
 */

/** No problems; shared, so that a good name allocates nothing. */
const none: readonly string[] = [];

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const startingLabel = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const underscoredSubdomain = /^_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\._?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/;
const labelValue = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const qualifiedPart = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const strictEnvName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const relaxedEnvName = /^[\x20-\x3c\x3e-\x7e]+$/;
const configMapKey = /^[-._a-zA-Z0-9]+$/;
const httpPath = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;
const headerName = /^[-A-Za-z0-9]+$/;

const labelMessage = expecting(
  'a lowercase RFC 1123 label must consist of lower case alphanumeric characters or \'-\', and must start and end with an alphanumeric character',
  '[a-z0-9]([-a-z0-9]*[a-z0-9])?', 'my-name', '123-abc',
);
const startingLabelMessage = expecting(
  'a DNS-1035 label must consist of lower case alphanumeric characters or \'-\', start with an alphabetic character, and end with an alphanumeric character',
  '[a-z]([-a-z0-9]*[a-z0-9])?', 'my-name', 'abc-123',
);
const subdomainMessage = expecting(
  'a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \'-\' or \'.\', and must start and end with an alphanumeric character',
  '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*', 'example.com',
);
const underscoredSubdomainMessage = expecting(
  'a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \'_\', \'-\' or \'.\', and must start and end with an alphanumeric character',
  '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*', 'example.com',
);
const labelValueMessage = expecting(
  'a valid label must be an empty string or consist of alphanumeric characters, \'-\', \'_\' or \'.\', and must start and end with an alphanumeric character',
  '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?', 'MyValue', 'my_value', '12345',
);
const qualifiedNameMessage = expecting(
  'must consist of alphanumeric characters, \'-\', \'_\' or \'.\', and must start and end with an alphanumeric character',
  '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]', 'MyName', 'my.name', '123-abc',
);

const configMapKeyMessage = expecting(
  'a valid config key must consist of alphanumeric characters, \'-\', \'_\' or \'.\'', '[-._a-zA-Z0-9]+', 'key.name', 'KEY_NAME', 'key-name',
);
const headerNameMessage = expecting('a valid HTTP header must consist of alphanumeric characters or \'-\'', '[-A-Za-z0-9]+', 'X-Header-Name');

/** Length of a text in bytes of UTF-8; a lone surrogate counts as the three bytes of its replacement. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let position = 0; position < text.length; position += 1) {
    const unit = text.charCodeAt(position);
    if (unit < 0x80) continue;
    if (unit < 0x800) {bytes += 1;} else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(position + 1))) {
      bytes += 2;
      position += 1;
    } else {bytes += 2;}
  }
  return bytes;
}

/** DNS-1123 label: at most 63 lower-case letters, digits and inner dashes. */
export function checkDnsLabel(text: string): readonly string[] {
  if (text.length <= 63 && label.test(text)) return none;
  const problems: string[] = [];
  if (byteLength(text) > 63) problems.push(tooLong(63));
  if (!label.test(text)) problems.push(subdomain.test(text) ? 'must not contain dots' : labelMessage);
  return problems;
}

/** DNS-1035 label, which names of Services are: a DNS-1123 label that starts with a letter. */
export function checkStartingLabel(text: string): readonly string[] {
  return [...byteLength(text) > 63 ? [tooLong(63)] : [], ...startingLabel.test(text) ? [] : [startingLabelMessage]];
}

/** DNS-1123 subdomain: labels joined by dots, at most 253 in all. */
export function checkDnsSubdomain(text: string): readonly string[] {
  if (text.length <= 253 && subdomain.test(text)) return none;
  const problems: string[] = [];
  if (byteLength(text) > 253) problems.push(tooLong(253));
  if (!subdomain.test(text)) problems.push(subdomainMessage);
  return problems;
}

/** DNS-1123 subdomain whose labels may have underscores too, as a DNS search path may. */
export function checkUnderscoredSubdomain(text: string): readonly string[] {
  const problems: string[] = [];
  if (byteLength(text) > 253) problems.push(tooLong(253));
  if (!underscoredSubdomain.test(text)) problems.push(underscoredSubdomainMessage);
  return problems;
}

/**
 * A DNS-1123 subdomain that something is appended to, such as `generateName`: a dash at the end is no fault.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/api/validation/generic.go maskTrailingDash (v1.37)
 */
export function checkSubdomainPrefix(text: string): readonly string[] {
  return checkDnsSubdomain(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);
}

/**
 * A name that is one segment of a REST path, as roles and their bindings have it: anything but `.`, `..`, `/` and `%`.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/api/validation/path/name.go IsValidPathSegmentName (v1.37)
 */
export function checkPathSegment(text: string): readonly string[] {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  return ['/', '%'].filter((character) => text.includes(character)).map((character) => `may not contain '${character}'`);
}

/** Value of a label: empty, or at most 63 letters, digits, and inner dashes, underscores and dots. */
export function checkLabelValue(text: string): readonly string[] {
  if (text.length <= 63 && labelValue.test(text)) return none;
  const problems: string[] = [];
  if (byteLength(text) > 63) problems.push('must be no more than 63 bytes');
  if (!labelValue.test(text)) problems.push(labelValueMessage);
  return problems;
}

/** Key of a label, name of a condition, finalizer or gate: `name` or `example.com/name`. */
export function checkQualifiedName(text: string): readonly string[] {
  const slash = text.indexOf('/');
  const hasSoundPrefix = slash < 0 || (slash <= 253 && subdomain.test(text.slice(0, slash)));
  const part = slash < 0 ? text : text.slice(slash + 1);
  if (hasSoundPrefix && part.length <= 63 && qualifiedPart.test(part)) return none;
  return findFaultsOfQualifiedName(text);
}

function findFaultsOfQualifiedName(text: string): readonly string[] {
  const parts = text.split('/');
  if (parts.length > 2) return [`a valid label key ${qualifiedNameMessage} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const name = parts.at(-1) ?? '';
  const problems: string[] = [];
  if (parts.length === 2) {
    const prefix = parts[0] ?? '';
    if (prefix === '') problems.push('prefix part must be non-empty');
    else for (const problem of checkDnsSubdomain(prefix)) problems.push(`prefix part ${problem.replace(/ characters$/, ' bytes')}`);
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (byteLength(name) > 63) problems.push('name part must be no more than 63 bytes');
  if (!qualifiedPart.test(name)) problems.push(`name part ${qualifiedNameMessage}`);
  return problems;
}

/** Name of an environment variable since 1.32: printable ASCII without `=`. */
export function checkEnvName(text: string): readonly string[] {
  if (text === '') return ['environment variable name must be non-empty'];
  return relaxedEnvName.test(text) ? none : ['a valid environment variable name must consist only of printable ASCII characters other than \'=\''];
}

/** Name of an environment variable up to 1.31. */
export function checkStrictEnvName(text: string): readonly string[] {
  const problems: string[] = [];
  if (!strictEnvName.test(text)) {
    problems.push('a valid environment variable name must consist of alphabetic characters, digits, \'_\', \'-\', or \'.\', and must not start with a digit');
  }
  return [...problems, ...checkDirectoryPrefix(text)];
}

/** Key in a ConfigMap or Secret: at most 253 letters, digits, dashes, underscores and dots. */
export function checkConfigMapKey(text: string): readonly string[] {
  const problems: string[] = [];
  if (byteLength(text) > 253) problems.push(tooLong(253));
  if (!configMapKey.test(text)) problems.push(configMapKeyMessage);
  return [...problems, ...checkDirectoryPrefix(text)];
}

/** Name of a port: at most 15 lower-case letters, digits and single inner dashes, one letter at least. */
export function checkPortName(text: string): readonly string[] {
  const problems: string[] = [];
  if (byteLength(text) > 15) problems.push('must be no more than 15 characters');
  if (!/^[-a-z0-9]+$/.test(text)) problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(text)) problems.push('must contain at least one letter (a-z)');
  if (text.includes('--')) problems.push('must not contain consecutive hyphens');
  if (text.startsWith('-') || text.endsWith('-')) problems.push('must not begin or end with a hyphen');
  return problems;
}

/** Name of an HTTP header. */
export function checkHeaderName(text: string): readonly string[] {
  return headerName.test(text) ? none : [headerNameMessage];
}

/** Domain-prefixed path, such as `acme.io/foo`: a subdomain, a slash, and a path; `value` is the part at fault. */
export function checkDomainPrefixedPath(text: string): readonly { readonly value: string; readonly problem: string }[] {
  const slash = text.indexOf('/');
  const host = text.slice(0, Math.max(slash, 0));
  const path = text.slice(slash + 1);
  if (slash <= 0 || path === '') return [{ value: text, problem: 'must be a domain-prefixed path (such as "acme.io/foo")' }];
  const problems = checkDnsSubdomain(host).map((problem) => ({ value: host, problem }));
  if (!httpPath.test(path)) problems.push({ value: path, problem: expecting('Invalid path', '[A-Za-z0-9/\\-._~%!$&\'()*+,;=:]+') });
  return problems;
}

/** An IPv4 or IPv6 address; with `strict` (since 1.36) neither leading zeros nor IPv4 within IPv6. */
export function isIpAddress(text: string, strict: boolean): boolean {
  if (!text.includes(':')) return isIpv4(text, strict);
  const groups = parseIpv6(text, strict);
  return groups !== undefined && !(strict && isMappedIpv4(groups));
}

/**
 * What is wrong with an IPv4 or IPv6 address; with `strict` (since 1.36) leading zeros and IPv4 within IPv6 too.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go parseIP (v1.37)
 */
export function checkIpAddress(text: string, strict: boolean): readonly string[] {
  if (!isIpAddress(text, false)) return ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];
  if (!strict || isIpAddress(text, true)) return none;
  const hasLeadingZeros = text.includes(':') ? parseIpv6(text, true) === undefined : true;
  return [hasLeadingZeros ? 'must not have leading 0s' : 'must not be an IPv4-mapped IPv6 address'];
}

/** The canonical text of an IPv6 address (RFC 5952), or undefined when `text` is none. */
export function canonicalIpv6(text: string): string | undefined {
  const groups = text.includes(':') ? parseIpv6(text, true) : undefined;
  if (groups === undefined) return undefined;
  let best = { start: -1, size: 1 };
  for (let start = 0; start < 8; start += 1) {
    let size = 0;
    while (start + size < 8 && groups[start + size] === 0) size += 1;
    if (size > best.size) best = { start, size };
  }
  const hex = groups.map((group) => group.toString(16));
  return best.start < 0 ? hex.join(':') : `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.size).join(':')}`;
}

function checkDirectoryPrefix(text: string): readonly string[] {
  if (text === '.') return ['must not be \'.\''];
  if (text === '..') return ['must not be \'..\''];
  return text.startsWith('..') ? ['must not start with \'..\''] : none;
}

function isIpv4(text: string, strict: boolean): boolean {
  const octets = text.split('.');
  return octets.length === 4 && octets.every((octet) => /^[0-9]+$/.test(octet) && Number(octet) <= 255 && !(strict && /^0./.test(octet)));
}

/** The eight groups of an IPv6 address, or undefined. */
function parseIpv6(text: string, strict: boolean): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? '', strict, halves.length === 1);
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? '', strict, true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

function parseGroups(text: string, strict: boolean, isLast: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [position, part] of parts.entries()) {
    if (isLast && position === parts.length - 1 && part.includes('.')) {
      if (!isIpv4(part, strict)) return undefined;
      const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {groups.push(Number.parseInt(part, 16));} else {return undefined;}
  }
  return groups;
}

function isMappedIpv4(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** The message with what the API server adds: examples and the pattern. It puts two blanks between examples, and so does this. */
function expecting(message: string, pattern: string, ...examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${message} (${examples.length === 0 ? '' : `e.g. ${shown}`}regex used for validation is '${pattern}')`;
}

function tooLong(bytes: number): string {
  return `must be no more than ${bytes} characters`;
}
