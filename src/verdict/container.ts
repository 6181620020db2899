import { configurationSign } from './configuration';
import { type ContainerView, containersOf, isRunning } from './containers';
import { imageSign } from './image';
import { record, text } from './read';
import type { Sign } from './sign';
import { isStartError, startErrorCode } from './start-error';
import type { JsonObject } from '../core/json';

/** What keeps a container of a placed pod from running, or from ending; the first stuck container of the pod counts. */
export function containerSign(pod: JsonObject): Sign | undefined {
  const containers = containersOf(pod);
  for (const container of containers) {
    const waiting = record(container.status, 'state', 'waiting');
    const sign =
      imageSign(waiting) ?? configurationSign(waiting) ?? startSign(container, waiting) ?? crashLoopSign(container, waiting, containers);
    if (sign !== undefined) return { ...sign, container: container.name };
  }
  return sidecarSign(containers);
}

/** With OnFailure, a container that waits for its next start has its failure in the last state. */
function startSign({ status }: ContainerView, waiting: JsonObject): Sign | undefined {
  const reason = text(waiting, 'reason');
  const last = record(status, 'lastState', 'terminated');
  const failedToStart = reason === 'RunContainerError' || (reason === 'CrashLoopBackOff' && isStartError(text(last, 'reason')));
  if (!failedToStart) return undefined;
  const detail = text(last, 'message') ?? text(waiting, 'message') ?? '';
  return { code: startErrorCode(detail), detail };
}

function crashLoopSign(container: ContainerView, waiting: JsonObject, containers: readonly ContainerView[]): Sign | undefined {
  if (text(waiting, 'reason') !== 'CrashLoopBackOff') return undefined;
  const detail = text(waiting, 'message') ?? 'CrashLoopBackOff';
  if (container.role === 'main') return { code: 'CrashLoopBackOff', detail };
  if (container.role === 'init') return { code: 'InitContainerFailed', detail };
  const mainWaits = containers.every(({ role, status }) => role !== 'main' || record(status, 'state').waiting !== undefined);
  return mainWaits ? { code: 'SidecarNotStarted', detail } : undefined;
}

/** The main container, the first in the spec, is done, but another one goes on that is not a native sidecar. */
function sidecarSign(containers: readonly ContainerView[]): Sign | undefined {
  const [main, ...others] = containers.filter(({ role }) => role === 'main');
  if (main === undefined || record(main.status, 'state', 'terminated').exitCode !== 0) return undefined;
  const still = others.find(({ status }) => isRunning(status));
  return still && { code: 'SidecarKeepsRunning', container: still.name, detail: `container ${main.name} has ended, ${still.name} goes on` };
}
