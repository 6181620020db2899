import type { Diagnosis } from './diagnosis';
import type { EventFact } from './event-facts';
import { text } from './read';
import type { Sign } from './sign';
import type { JsonObject } from '../core/json';

interface Wording {
  readonly code: Diagnosis;
  readonly words: RegExp;
}

/** The kubelet's words for something that a container refers to but does not get; the first match counts. */
const wordings: readonly Wording[] = [
  { code: 'KeyMissing', words: /couldn't find key \S+ in (ConfigMap|Secret)|references non-existent (config|secret) key/i },
  { code: 'SecretMissing', words: /secrets? "[^"]+" not found/i },
  { code: 'ConfigMissing', words: /configmaps? "[^"]+" not found/i },
  { code: 'RunAsNonRoot', words: /runAsNonRoot|run as root/i },
  { code: 'VolumeMissing', words: /subPath|volume/i },
];

/** The kubelet's words for a cache that is not filled yet, or no longer: not a fault of the Job. */
const passing = /failed to sync (configmap|secret) cache|not registered|services have not yet been read/i;

/** A container that the kubelet cannot configure. */
export function configurationSign(waiting: JsonObject): Sign | undefined {
  const reason = text(waiting, 'reason');
  const detail = text(waiting, 'message') ?? reason ?? '';
  if (reason !== 'CreateContainerConfigError' && reason !== 'CreateContainerError') return undefined;
  if (passing.test(detail)) return undefined;
  return { code: wordings.find(({ words }) => words.test(detail))?.code ?? 'ContainerCannotStart', detail };
}

/**
 * A volume that cannot be mounted; the pod itself says nothing but `ContainerCreating`.
 *
 * @source pkg/kubelet/events/event.go FailedMountVolume, FailedAttachVolume, FailedMapVolume (v1.36)
 */
export function mountSign({ message }: EventFact): Sign | undefined {
  if (passing.test(message)) return undefined;
  const code = wordings.find(({ words }) => words.test(message))?.code ?? 'VolumeMissing';
  return { code: code === 'RunAsNonRoot' ? 'VolumeMissing' : code, detail: message };
}
