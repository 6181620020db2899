const separator = /[._]|__|-+/.source;
const component = new RegExp(`^[a-z0-9]+(?:(?:${separator})[a-z0-9]+)*$`);
const label = /[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?/.source;
const registry = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;
const longestPath = 255;

/**
 * Why no kubelet can read the name of an image, as a clause; undefined for one that it can.
 *
 * A name is `[registry[:port]/]path[:tag][@digest]`. What stands before the first slash is a registry when it has a dot, a colon or capital
 * letters, or is `localhost`.
 *
 * @source github.com/distribution/reference normalize.go ParseNormalizedNamed (v0.6), called by pkg/util/parsers/parsers.go (v1.37)
 */
export function imageFault(image: string): string | undefined {
  if (/^[a-f0-9]{64}$/.test(image)) return 'is an ID of 64 hexadecimal digits, and not a name';
  const at = image.indexOf('@');
  const [named, digest] = at < 0 ? [image, undefined] : [image.slice(0, at), image.slice(at + 1)];
  const slash = named.indexOf('/');
  const first = slash < 0 ? '' : named.slice(0, slash);
  const isRegistry = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  const rest = isRegistry ? named.slice(slash + 1) : named;
  const colon = rest.indexOf(':');
  const [path, tag] = colon < 0 ? [rest, undefined] : [rest.slice(0, colon), rest.slice(colon + 1)];
  // What looks like a registry may be a component of the path too: `my__team.x/app`.
  if (isRegistry && !registry.test(first) && !component.test(first)) return `has ${JSON.stringify(first)} where a registry stands`;
  if (path !== path.toLowerCase()) return `has capital letters in the repository ${JSON.stringify(path)}`;
  const bad = path.split('/').find((part) => !component.test(part));
  if (bad === '') return 'has nothing where a part of the repository stands';
  if (bad !== undefined) return `has ${JSON.stringify(bad)} in the repository, whose parts are letters and digits with single separators between them`;
  if (path.length > longestPath) return `has a repository of more than ${longestPath} characters`;
  if (tag !== undefined && !tagPattern.test(tag)) return `has ${JSON.stringify(tag)} where a tag stands`;
  if (digest !== undefined && !digestPattern.test(digest)) return `has ${JSON.stringify(digest)} where a digest stands: sha256: and 64 hexadecimal digits`;
  return undefined;
}

/** What stands in the name of an image for something that nobody filled in: `${TAG}`, `{{ .Values.image }}`, `<your-image>`. */
export function imagePlaceholder(image: string): string | undefined {
  return /\$\{[^}]*\}?|\$\([^)]*\)?|\$[A-Za-z_]\w*|\{\{.*?\}\}|\{\{|<[^<>]*>|%[A-Za-z_]\w*%/.exec(image)?.[0];
}
