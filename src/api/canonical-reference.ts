import { imageFault } from './image-reference';

const digestForm = /@(?<algorithm>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*):(?<hex>[0-9a-fA-F]{32,})$/;
const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * Why a text is no reference in canonical form, with its registry spelled out, in the words of the parser; undefined for one that is.
 *
 * @source github.com/distribution/reference normalize.go ParseNamed, splitDockerDomain, reference.go Parse (v0.6)
 */
export function canonicalReferenceFault(text: string): string | undefined {
  if (/^[a-f0-9]{64}$/.test(text)) return `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`;
  const { domain, remainder } = split(text);
  const [remote = ''] = remainder.split(':');
  if (remote.toLowerCase() !== remote) return `invalid reference format: repository name (${remote}) must be lowercase`;
  const fault = imageFault(text);
  if (fault !== undefined) return wordsOf(fault, text);
  return `${domain}/${remainder}` === text ? undefined : 'repository name must be canonical';
}

function split(text: string): { readonly domain: string; readonly remainder: string } {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(0, slash));
  const isDomain = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const [domain, rest] = isDomain ? [first, text.slice(slash + 1)] : ['docker.io', text];
  return { domain, remainder: domain === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest };
}

function wordsOf(fault: string, text: string): string {
  if (/more than \d+ characters$/.test(fault)) return 'repository name must not be more than 255 characters';
  const { algorithm = '', hex = '' } = digestForm.exec(text)?.groups ?? {};
  if (algorithm === '' || !fault.includes('where a digest stands')) return 'invalid reference format';
  const length = digestLengths[algorithm];
  if (length === undefined) return 'unsupported digest algorithm';
  return hex.length === length ? 'invalid checksum digest format' : 'invalid checksum digest length';
}
