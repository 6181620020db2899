import { type ApiServer, apiServer } from '../../api/api-server';
import { type Decoded } from '../../api/decoded';
import { type Toleration } from '../../api/kubernetes';
import { findJsonProblem } from '../../core/go-json';
import { isObject } from '../../core/json';

/** The annotation that held tolerations before they were a field. */
export const tolerationsKey = 'scheduler.alpha.kubernetes.io/tolerations';

/** The fields of a toleration, with their types on the API server. */
const fieldTypes = {
  key: 'string', operator: 'core.TolerationOperator', value: 'string', effect: 'core.TaintEffect', tolerationSeconds: 'int64',
} as const;
type Name = keyof typeof fieldTypes;
const names = Object.keys(fieldTypes) as readonly Name[];

/** What the annotation says. */
interface AnnotatedTolerations {
  /** Empty without one, and when it cannot be read. */
  readonly tolerations: readonly Decoded<Toleration>[];
  /** Why it cannot be read, in the words of Go's JSON reader. */
  readonly problem?: string;
}

/**
 * The tolerations in the annotation.
 *
 * @source pkg/apis/core/helper/helpers.go GetTolerationsFromPodAnnotations (v1.37)
 */
export function readAnnotatedTolerations(
  annotations: Readonly<Record<string, string>> | undefined, { minor }: ApiServer = apiServer(),
): AnnotatedTolerations {
  const text = annotations?.[tolerationsKey] ?? '';
  if (text === '') return { tolerations: [] };
  const syntax = findJsonProblem(text);
  return syntax === undefined ? readTolerations(JSON.parse(text), minor) : { tolerations: [], problem: syntax };
}

function readTolerations(list: unknown, minor: number): AnnotatedTolerations {
  if (list === null) return { tolerations: [] };
  if (!Array.isArray(list)) return { tolerations: [], problem: `json: cannot unmarshal ${typeOf(list)} into Go value of type []core.Toleration` };
  const problem = list.flatMap((value, position) => findProblems(value, minor < 38 ? undefined : `.${position}`))[0];
  return problem === undefined ? { tolerations: list.map(toToleration) } : { tolerations: [], problem };
}

/** @param place where the value is, for a server whose JSON reader tells places and not types, as that of Go 1.27 does. */
function findProblems(value: unknown, place: string | undefined): string[] {
  if (value === null) return [];
  if (!isObject(value)) return [`json: cannot unmarshal ${typeOf(value)} into ${place ?? 'Go value'} of type core.Toleration`];
  return Object.entries(value).flatMap(([written, content]) => {
    const name = knownName(written);
    if (name === undefined || content === null || (name === 'tolerationSeconds' ? Number.isInteger(content) : typeof content === 'string')) return [];
    const shown = name === 'tolerationSeconds' && typeof content === 'number' ? `number ${content}` : typeOf(content);
    const field = place === undefined ? `Toleration.${name.charAt(0).toUpperCase()}${name.slice(1)}` : `${place}.${written}`;
    return [`json: cannot unmarshal ${shown} into Go struct field ${field} of type ${fieldTypes[name]}`];
  });
}

function toToleration(value: object | null): Decoded<Toleration> {
  const entries = Object.entries(value ?? {}).filter(([, content]) => content !== null);
  return Object.fromEntries(entries.map(([name, content]) => [knownName(name) ?? name, content as unknown]));
}

/** Upper and lower case of field names are the same here. */
function knownName(written: string): Name | undefined {
  return names.find((name) => name.toLowerCase() === written.toLowerCase());
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
}
