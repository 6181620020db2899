import type { TimelineBar, TimelineRow } from './run-report';
import type { PodFacts } from '../../verdict/pod-facts';
import type { Run } from '../../verdict/run';

/** With more rows than this the picture would be useless. */
const mostRows = 60;

/**
 * The attempts of a Job as rows of bars: one for each index, or for each pod where there are none; what went well is left out first when
 * there are too many.
 *
 * @param end when the picture ends, in seconds on the clock of the observations.
 */
export function timelineOf(pods: readonly PodFacts[], end: number): TimelineRow[] {
  const bySubject = new Map<string, PodFacts[]>();
  for (const pod of pods) {
    const subject = pod.index === null ? pod.name : String(pod.index);
    bySubject.set(subject, [...bySubject.get(subject) ?? [], pod]);
  }
  const subjects = [...bySubject.values()].sort(([a], [b]) => (a?.index ?? 0) - (b?.index ?? 0));
  const rows = subjects.map((ofSubject) => ({
    label: labelOf(ofSubject),
    bars: ofSubject.flatMap((pod) => barsOf(pod, end)),
    exitCode: ofSubject.flatMap(({ runs }) => runs).at(-1)?.exitCode,
  }));
  if (rows.length <= mostRows) return rows;
  const [bad, good] = [rows.filter((row) => !isWell(row)), rows.filter(isWell)];
  const chosen = new Set([...bad, ...good].slice(0, mostRows));
  return rows.filter((row) => chosen.has(row));
}

function labelOf([first]: readonly PodFacts[]): string {
  return first?.index === null ? first.name : `index ${first?.index}`;
}

function isWell({ bars }: TimelineRow): boolean {
  return bars.every(({ kind }) => kind === 'succeeded' || kind === 'waiting');
}

function barsOf(pod: PodFacts, end: number): TimelineBar[] {
  const { name, seenAt, startedAt, runs, endedAt, goneAt } = pod;
  const over = goneAt ?? endedAt;
  const ended = runs.map((run) => barOf(pod, run));
  const begun = Math.min(startedAt ?? over ?? end, ...ended.map(({ from }) => from));
  const wait: TimelineBar = { from: seenAt, to: begun, kind: 'waiting', title: `${name}: waiting ${seconds(begun - seenAt)}` };
  const last = Math.max(seenAt, ...ended.map(({ to }) => to));
  const isOpen = over === undefined && startedAt !== undefined && (runs.length === 0 || pod.phase === 'Running');
  const open: TimelineBar = { from: Math.max(startedAt ?? last, last), to: end, kind: 'running', title: `${name}: running` };
  return [...(begun > seenAt ? [wait] : []), ...ended, ...(isOpen && end > open.from ? [open] : [])];
}

/** One run as a bar: the kubelet's whole seconds tell how long it took, the watch when it ended, and when the first run began. */
function barOf({ name, seenAt, runs, startedAt: firstStart = Infinity }: PodFacts, run: Run): TimelineBar {
  const { container, exitCode, reason, at, startedAt, finishedAt, endedByItself } = run;
  const took = startedAt === undefined || finishedAt === undefined || startedAt <= 0 ? 0 : Math.max(0, finishedAt - startedAt);
  const kind = exitCode === 0 ? 'succeeded' : endedByItself ? 'failed' : 'killed';
  const containers = new Set(runs.map((other) => other.container));
  const who = containers.size > 1 ? `${name}, ${container}` : name;
  const why = reason === null || exitCode === 0 ? '' : ` (${reason})`;
  const began = run === runs[0] ? Math.min(firstStart, at - took) : at - took;
  return { from: Math.max(seenAt, began), to: at, kind, title: `${who}: exit ${exitCode}${why}, ${seconds(took)}` };
}

function seconds(value: number): string {
  return `${Math.round(value * 10) / 10}s`;
}
