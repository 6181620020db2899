import { podReason } from './pod-reasons';
import { given } from '../core/given';

/** What a script says of the end of a container. */
export interface ScriptedEnd {
  readonly exit?: number;
  readonly signal?: number | string;
  readonly reason?: string;
  readonly message?: string;
}

/** The end of a container as its status shows it. */
interface ContainerEnd {
  readonly exitCode: number;
  readonly reason?: string;
  readonly message?: string;
}

/**
 * The end of a container in the terms of the API. A signal shows in the exit code only: the kubelet leaves `terminated.signal` out.
 *
 * @param otherwise the exit code when the script says none.
 * @source pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses (v1.37)
 */
export function containerEnd({ exit, signal, reason, message }: ScriptedEnd, otherwise = 0): ContainerEnd {
  const number = signalNumber(signal);
  const known = podReason(reason);
  const shown = known?.place === 'end' || known?.place === 'failed start' ? { reason, message: message ?? known.message } : { message };
  return { exitCode: exit ?? (number === undefined ? known?.exit ?? otherwise : 128 + number), ...given(shown) };
}

/** The highest number that a signal of Linux has. */
export const lastSignal = 64;

/** The number of a signal, given as a number or as `SIGKILL`; undefined for none, and for what is no signal. */
export function signalNumber(signal: number | string | undefined): number | undefined {
  if (typeof signal !== 'string') return signal;
  const place = signalNames.indexOf(signal);
  return place < 0 ? undefined : place + 1;
}

/** The signals of Linux by their names, from 1. */
export const signalNames: readonly string[] = [
  'HUP', 'INT', 'QUIT', 'ILL', 'TRAP', 'ABRT', 'BUS', 'FPE', 'KILL', 'USR1', 'SEGV', 'USR2', 'PIPE', 'ALRM', 'TERM', 'STKFLT', 'CHLD', 'CONT',
  'STOP', 'TSTP', 'TTIN', 'TTOU', 'URG', 'XCPU', 'XFSZ', 'VTALRM', 'PROF', 'WINCH', 'POLL', 'PWR', 'SYS',
].map((name) => `SIG${name}`);
