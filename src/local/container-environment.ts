import type { Container, EnvVar, EnvVarSource } from '../api/kubernetes';
import type { Pod } from '../api/pod-manifest';
import { type Allocatable, resourceFieldValue } from '../api/resource-field';
import { valueAt } from '../core/json';
import type { KubernetesObject } from '../port/cluster-port';

/** Looks up the ConfigMaps and Secrets that a container refers to. */
export type FindObject = (kind: 'ConfigMap' | 'Secret', name: string) => KubernetesObject | undefined;

/** What a container's variables can come from, beside its pod. */
interface EnvironmentSources {
  /** Variables that every container of this machine gets; the pod does not know them. */
  readonly base: Readonly<Record<string, string>>;
  /** What a limit is that nobody sets. */
  readonly node: Allocatable;
  readonly find: FindObject;
}

/** The environment of a container, or why the container cannot be started. */
type ContainerEnvironment =
  | {
    readonly env: Readonly<Record<string, string>>;
    /** Those that the pod declares: what `$(NAME)` can name. */
    readonly declared: Readonly<Record<string, string>>;
  }
  | { readonly problem: string };

/** The variables of this machine that a program needs to be found and to run; nothing else of the caller's environment is passed on. */
const passedOn = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'COMSPEC', 'PATHEXT'];

/** The part of this machine's environment that every container gets. */
export function machineEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(passedOn.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

/**
 * The environment of a container: the machine's basics, the host name, `envFrom`, then `env` in order with `$(NAME)` expanded.
 * A name is that of a variable from `envFrom`, or of one that stands earlier in `env`.
 *
 * A reference that is not optional and leads nowhere is a problem, in the kubelet's words; the container then waits with
 * CreateContainerConfigError.
 *
 * @source pkg/kubelet/kubelet_pods.go makeEnvironmentVariables (v1.37)
 */
export function containerEnvironment(pod: Pod, container: Container, { base, node, find }: EnvironmentSources): ContainerEnvironment {
  const declared: Record<string, string> = {};
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const reference = configMapRef ?? secretRef;
    if (reference?.name === undefined) continue;
    const kind = configMapRef === undefined ? 'Secret' : 'ConfigMap';
    const object = find(kind, reference.name);
    if (object === undefined) {
      if (reference.optional === true) continue;
      return { problem: `${kind.toLowerCase()} ${JSON.stringify(reference.name)} not found` };
    }
    for (const [key, value] of Object.entries(dataOf(object))) declared[`${prefix}${key}`] = value;
  }
  for (const variable of container.env ?? []) {
    const value = valueOf(pod, container, variable, declared, { node, find });
    if (value === undefined) continue;
    if (typeof value !== 'string') return value;
    declared[variable.name] = value;
  }
  const hostname = podField(pod, 'spec.hostname') ?? pod.metadata?.name ?? '';
  return { env: { ...base, HOSTNAME: hostname, ...declared }, declared };
}

/**
 * Program and arguments with `$(NAME)` replaced by variables that the pod declares; `$$` is a dollar, an unknown name stays as it is.
 *
 * @source third_party/forked/golang/expansion/expand.go Expand (v1.37)
 */
export function expandCommand(words: readonly string[], declared: Readonly<Record<string, string>>): string[] {
  return words.map((word) => expand(word, declared));
}

function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (match, name: string | undefined) => {
    if (match === '$$') return '$';
    return name !== undefined && Object.hasOwn(env, name) ? env[name] ?? '' : match;
  });
}

function valueOf(
  pod: Pod,
  container: Container,
  { name, value, valueFrom }: EnvVar,
  declared: Readonly<Record<string, string>>,
  { node, find }: Pick<EnvironmentSources, 'node' | 'find'>,
): string | undefined | { readonly problem: string } {
  if (valueFrom === undefined || valueFrom === null) return expand(value ?? '', declared);
  const { fieldRef, resourceFieldRef } = valueFrom;
  if (fieldRef !== undefined) return podField(pod, fieldRef.fieldPath) ?? '';
  if (resourceFieldRef !== undefined) return resourceFieldValue(pod, container, resourceFieldRef, node);
  return fromKey(pod, name, valueFrom, find);
}

function fromKey(
  pod: Pod,
  name: string,
  { configMapKeyRef, secretKeyRef }: EnvVarSource,
  find: FindObject,
): string | undefined | { readonly problem: string } {
  const reference = configMapKeyRef ?? secretKeyRef;
  if (reference?.name === undefined) return { problem: `the source of variable ${name} is not supported by the local engine` };
  const kind = configMapKeyRef === undefined ? 'Secret' : 'ConfigMap';
  const object = find(kind, reference.name);
  if (object === undefined) {
    return reference.optional === true ? undefined : { problem: `${kind.toLowerCase()} ${JSON.stringify(reference.name)} not found` };
  }
  const value = dataOf(object)[reference.key];
  if (value !== undefined || reference.optional === true) return value;
  return { problem: `couldn't find key ${reference.key} in ${kind} ${pod.metadata?.namespace ?? 'default'}/${reference.name}` };
}

/** The entries of a ConfigMap or Secret as texts. */
function dataOf(object: KubernetesObject): Record<string, string> {
  const data = Object.entries((object.data ?? {}) as Record<string, string>);
  const decoded = object.kind === 'Secret' ? data.map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')] as const) : data;
  return Object.fromEntries(decoded);
}

/** A field of the pod as the downward API knows it: `metadata.name`, `metadata.labels['x']`, `spec.nodeName`, `status.podIP`. */
function podField(pod: Pod, path: string): string | undefined {
  const subscript = /^metadata\.(labels|annotations)\['([^']*)'\]$/.exec(path);
  if (subscript !== null) return pod.metadata?.[subscript[1] as 'labels' | 'annotations']?.[subscript[2] ?? ''] ?? '';
  const value = valueAt(pod, path.split('.'));
  return typeof value === 'string' ? value : undefined;
}
