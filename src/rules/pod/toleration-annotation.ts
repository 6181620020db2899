import { type Decoded } from '../../api/decoded';
import { type Toleration } from '../../api/kubernetes';

/** The annotation that held tolerations before they were a field. */
export const tolerationsKey = 'scheduler.alpha.kubernetes.io/tolerations';

/**
 * The tolerations in the annotation: empty without one, undefined when they cannot be read.
 *
 * @source pkg/apis/core/helper/helpers.go GetTolerationsFromPodAnnotations (v1.37)
 */
export function annotatedTolerations(annotations: Readonly<Record<string, string>> | undefined): Decoded<Toleration>[] | undefined {
  const text = annotations?.[tolerationsKey] ?? '';
  if (text === '') return [];
  const value = tryParse(text);
  if (value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const tolerations = value.map(toToleration);
  return tolerations.every((toleration) => toleration !== undefined) ? tolerations : undefined;
}

/** One toleration of the annotation, in which upper and lower case of field names are the same. */
function toToleration(value: unknown): Decoded<Toleration> | undefined {
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const output: Decoded<Toleration> = {};
  for (const [name, content] of Object.entries(value)) {
    const field = (['key', 'operator', 'value', 'effect', 'tolerationSeconds'] as const).find((known) => known.toLowerCase() === name.toLowerCase());
    if (field === undefined || content === null) continue;
    if (field === 'tolerationSeconds' ? !Number.isInteger(content) : typeof content !== 'string') return undefined;
    Object.assign(output, { [field]: content as unknown });
  }
  return output;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
