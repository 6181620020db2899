import type { ContainerRole } from './containers';
import type { Diagnosis } from './diagnosis';
import type { EventFact } from './event-facts';
import { isStartError, startErrorCode } from './start-error';

/** One run of a container that has ended. */
export interface Run {
  readonly container: string;
  readonly role: ContainerRole;
  /** Place of the container in the pod. */
  readonly order: number;
  readonly exitCode: number;
  readonly reason: string | null;
  readonly message: string;
  /** When its end was first seen. */
  readonly at: number;
  /** Seconds since 1970, whole. */
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** Whether it ended before anybody asked for the pod to go. */
  readonly endedByItself: boolean;
  /** Whether another main container of the pod went on after it. */
  readonly othersWentOn: boolean;
}


/** The cause of a run that ended badly, and when it could be known; undefined if only with the Job's own condition. */
export function runCause(run: Run, events: readonly EventFact[]): { readonly code: Diagnosis; readonly knownAt: number | undefined } {
  if (isStartError(run.reason)) return { code: startErrorCode(run.message), knownAt: run.at };
  if (run.reason === 'OOMKilled') return { code: 'OOMKilled', knownAt: run.at };
  const probe = probeKill(run, events);
  if (probe !== undefined) return { code: 'LivenessProbe', knownAt: probe };
  if (about(run, events, 'FailedPostStartHook').length > 0) return { code: 'PostStartHook', knownAt: run.at };
  return { code: exitCause(run), knownAt: undefined };
}

function exitCause({ role, exitCode }: Run): Diagnosis {
  if (role === 'init') return 'InitContainerFailed';
  if (exitCode === 127) return 'CommandNotFound';
  if (exitCode === 126) return 'NotExecutable';
  return signalOf(exitCode) === undefined ? 'NonZeroExit' : 'Signal';
}

/**
 * When the kubelet killed a run because of its probe: with OnFailure an Event says so, with Never only `Unhealthy` followed by a plain
 * `Stopping container` does, and then the end itself is the proof.
 */
function probeKill(run: Run, events: readonly EventFact[]): number | undefined {
  const killing = about(run, events, 'Killing');
  const said = killing.find(({ message }) => /failed (liveness|startup) probe/i.test(message));
  if (said !== undefined) return said.sightings[0];
  const unhealthy = about(run, events, 'Unhealthy').some(({ message }) => /^(Liveness|Startup) probe (failed|errored)/i.test(message));
  return unhealthy && killing.length > 0 ? run.at : undefined;
}

function about(run: Run, events: readonly EventFact[], reason: string): readonly EventFact[] {
  return events.filter((event) =>
    event.reason === reason &&
    (event.fieldPath === '' || event.fieldPath.includes(`{${run.container}}`)) &&
    (event.sightings[0] ?? Infinity) <= run.at + eventLag);
}

/** How long after the fact an Event may arrive, in seconds. */
const eventLag = 1;

const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  10: 'SIGUSR1',
  11: 'SIGSEGV',
  12: 'SIGUSR2',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
  31: 'SIGSYS',
};

/** The signal behind an exit code above 128, as shells and container runtimes encode it. */
export function signalOf(exitCode: number): string | undefined {
  return signals[exitCode - 128];
}
