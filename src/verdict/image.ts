import type { Diagnosis } from './diagnosis';
import { text } from './read';
import type { Sign } from './sign';
import type { JsonObject } from '../core/json';

const reasons: Readonly<Record<string, Diagnosis>> = {
  ErrImagePull: 'ImagePullBackOff',
  ImagePullBackOff: 'ImagePullBackOff',
  ImageInspectError: 'ImagePullBackOff',
  RegistryUnavailable: 'ImagePullBackOff',
  SignatureValidationFailed: 'ImagePullBackOff',
  ErrImageNeverPull: 'ErrImageNeverPull',
  InvalidImageName: 'InvalidImageName',
};

/** Errors of a registry, or on the way to it, that may be gone at the next attempt. */
const passing = /too many requests|\b50[0-4] (internal|bad gateway|service|gateway)|connection refused|connection reset|time(d )?out|deadline exceeded|temporar|no route to host|EOF/i;

/**
 * An image that cannot be pulled.
 *
 * ErrImagePull and ImagePullBackOff alternate, one kubelet cycle late: both are one state.
 *
 * @source pkg/kubelet/images/types.go (v1.36)
 */
export function imageSign(waiting: JsonObject): Sign | undefined {
  const code = reasons[text(waiting, 'reason') ?? ''];
  if (code === undefined) return undefined;
  const detail = withoutChain(text(waiting, 'message') ?? text(waiting, 'reason') ?? '');
  return code === 'ImagePullBackOff' ? { code, detail, canHeal: passing.test(detail) } : { code, detail };
}

/** The last error in the runtime's chain says what is wrong, the ones before it only where it came up. */
function withoutChain(message: string): string {
  return message.split(/failed to (?:pull and unpack image|resolve reference|resolve image|copy) (?:"[^"]*")?:? ?/).at(-1) ?? message;
}
