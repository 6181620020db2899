import { containerSign } from './container';
import { type ContainerView, containersOf, hasRun, isRealEnd, isRunning } from './containers';
import { placementSign } from './placement';
import { isSet, isStale, number, record, seconds, text, trueCondition } from './read';
import type { Run } from './run';
import type { Sign } from './sign';
import { completionIndexAnnotation } from '../api/labels';
import type { JsonObject } from '../core/json';

/** A sign, when it was first seen, and whether the pod has got past it. */
interface Trouble extends Sign {
  readonly since: number;
}

/** Why a pod was taken away, as its DisruptionTarget condition says. */
interface Disruption {
  readonly at: number;
  readonly reason: string;
  readonly message: string;
}

/** The order in which pods were created, as for sorting: those of the same second, or of an unknown one, are equal. */
export function byCreation(one: PodFacts | undefined, other: PodFacts | undefined): number {
  return (one?.createdAt ?? 0) - (other?.createdAt ?? 0);
}

/** What is known about one pod, by UID: its latest version, the runs of its containers, and when each fact was first seen. */
export class PodFacts {
  public latest: JsonObject;
  /** When its deletionTimestamp was first seen. */
  public deletingAt: number | undefined;
  /** When its deletion was seen. */
  public goneAt: number | undefined;
  /** When its phase was first seen as Failed, or Succeeded. */
  public endedAt: number | undefined;
  /** When any of its containers was first seen to run or to have run. */
  public startedAt: number | undefined;
  /** `Pending`, `Running`, `Succeeded`, `Failed`, `Unknown`, or an empty text. */
  public phase: string;
  /** What keeps it from getting on, as its last version before its deletion says. */
  public trouble: Trouble | undefined;
  public readonly disruptions: Disruption[] = [];
  private readonly runsById = new Map<string, Run>();
  private readonly firstSigns = new Map<string, number>();
  private version: string | undefined;

  /** When it was created, in seconds since 1970. */
  public readonly createdAt: number | undefined;

  public constructor(public readonly uid: string, public readonly seenAt: number, object: JsonObject) {
    this.latest = object;
    this.phase = phaseOf(object);
    this.createdAt = seconds(object, 'metadata', 'creationTimestamp');
  }

  /** The name, or an empty text. */
  public get name(): string {
    return text(this.latest, 'metadata', 'name') ?? '';
  }

  /** The reason that the pod itself gives, like `DeadlineExceeded` or `Evicted`. */
  public get reason(): string | undefined {
    return text(this.latest, 'status', 'reason');
  }

  /** The completion index of an Indexed Job's pod. */
  public get index(): number | null {
    const key = completionIndexAnnotation;
    const written = text(this.latest, 'metadata', 'annotations', key) ?? text(this.latest, 'metadata', 'labels', key);
    return written !== undefined && /^\d+$/.test(written) ? Number(written) : null;
  }

  /** All runs that have ended, in the order in which their ends were seen. */
  public get runs(): readonly Run[] {
    return [...this.runsById.values()].sort((a, b) => a.at - b.at || a.order - b.order);
  }

  /** Whether it has neither ended nor been asked to. */
  public get isAlive(): boolean {
    return this.deletingAt === undefined && this.goneAt === undefined && this.phase !== 'Succeeded' && this.phase !== 'Failed';
  }

  /** Takes in one change of the pod. Older versions and versions seen before change nothing. */
  public observe(at: number, type: string | undefined, object: JsonObject): void {
    if (type === 'DELETED') this.goneAt ??= at;
    const version = text(object, 'metadata', 'resourceVersion');
    if (isStale(version, this.version)) return;
    const isFirst = this.version === undefined;
    this.version = version ?? this.version ?? '';
    this.latest = object;
    this.phase = phaseOf(object);
    if (isSet(object, 'metadata', 'deletionTimestamp')) this.deletingAt ??= at;
    if (this.phase === 'Failed' || this.phase === 'Succeeded') this.endedAt ??= at;
    const containers = containersOf(object);
    if (containers.some(hasRun)) this.startedAt ??= at;
    this.noteDisruption(at);
    this.noteRuns(at, containers);
    // What a pod says while it is being deleted is about its end.
    if (this.deletingAt === undefined || isFirst) this.noteTrouble(at, containers);
  }

  private noteDisruption(at: number): void {
    const found = trueCondition(this.latest, 'DisruptionTarget');
    const reason = text(found, 'reason') ?? '';
    if (found === undefined || this.disruptions.some((known) => known.reason === reason)) return;
    this.disruptions.push({ at, reason, message: text(found, 'message') ?? '' });
  }

  private noteRuns(at: number, containers: readonly ContainerView[]): void {
    const working = containers.filter(({ role, status }) => role === 'main' && isRunning(status)).map(({ name }) => name);
    for (const container of containers) {
      for (const state of ['lastState', 'state'] as const) {
        const ended = record(container.status, state, 'terminated');
        if (!isRealEnd(ended)) continue;
        const id = `${container.name}\n${text(ended, 'containerID') ?? `run ${attemptOf(container, state)}`}\n${text(ended, 'finishedAt') ?? ''}\n${String(ended.exitCode)}`;
        if (this.runsById.has(id)) continue;
        this.runsById.set(id, {
          container: container.name,
          role: container.role,
          order: container.order,
          exitCode: number(ended, 'exitCode') ?? 0,
          reason: text(ended, 'reason') ?? null,
          message: text(ended, 'message') ?? '',
          at,
          startedAt: seconds(ended, 'startedAt'),
          finishedAt: seconds(ended, 'finishedAt'),
          endedByItself: this.endedByItself(at, ended),
          othersWentOn: state === 'state' && working.some((name) => name !== container.name),
        });
      }
    }
  }

  /**
   * A pod may be seen ended and being deleted in one change: then the kubelet's clock says which came first. Once it has nothing more to
   * wait for, the deletion has the time of its end, and only what SIGTERM and SIGKILL leave behind tells.
   */
  private endedByItself(at: number, ended: JsonObject): boolean {
    if (this.deletingAt === undefined) return true;
    if (this.deletingAt !== at) return false;
    const gone = seconds(this.latest, 'metadata', 'deletionTimestamp');
    const finished = seconds(ended, 'finishedAt');
    const grace = number(this.latest, 'metadata', 'deletionGracePeriodSeconds') ?? 0;
    if (grace === 0 && ended.reason === 'Error' && stopCodes.has(ended.exitCode)) return false;
    return gone !== undefined && finished !== undefined && finished <= gone - grace;
  }

  private noteTrouble(at: number, containers: readonly ContainerView[]): void {
    const isOver = this.phase === 'Succeeded' || this.phase === 'Failed';
    const sign = isOver ? undefined : placementSign(this.latest) ?? containerSign(this.latest);
    if (sign === undefined) {
      if (isOver || !isBetweenTries(containers, this.trouble)) this.trouble = undefined;
      return;
    }
    const key = `${sign.code}\n${sign.container ?? ''}`;
    if (!this.firstSigns.has(key)) this.firstSigns.set(key, at);
    this.trouble = { ...sign, since: this.firstSigns.get(key) ?? at };
  }
}

/** The exit codes of a container that was told to stop. */
const stopCodes: ReadonlySet<unknown> = new Set([137, 143]);

/**
 * The run that a state is about, from 0; while a container waits for its restart, its last state is about the run that `restartCount`
 * counts.
 */
function attemptOf({ status }: ContainerView, state: 'lastState' | 'state'): number {
  const restarts = number(status, 'restartCount') ?? 0;
  return state === 'state' || isSet(status, 'state', 'waiting') ? restarts : restarts - 1;
}

/** The codes of a container in a crash loop. */
const loops: ReadonlySet<string> = new Set(['CrashLoopBackOff', 'InitContainerFailed', 'SidecarNotStarted', 'CommandNotFound', 'NotExecutable', 'MemoryLimitTooSmall']);

/** Between two back-offs a container in a crash loop looks like any other: the loop lasts until the container ends well. */
function isBetweenTries(containers: readonly ContainerView[], trouble: Trouble | undefined): boolean {
  if (trouble === undefined || !loops.has(trouble.code)) return false;
  const stuck = containers.find(({ name }) => name === trouble.container);
  if (stuck === undefined || (number(stuck.status, 'restartCount') ?? 0) === 0) return false;
  const succeeded = record(stuck.status, 'state', 'terminated').exitCode === 0;
  return !succeeded && !(stuck.role === 'sidecar' && stuck.status.started === true);
}

function phaseOf(pod: JsonObject): string {
  return text(pod, 'status', 'phase') ?? '';
}
