import { escapeHtml } from './html';
import type { BarKind, TimelineRow } from './run-report';

/** The width of a letter on the page, in pixels. */
const letterWidth = 7.3;
const exitWidth = 70;
const rowHeight = 22;
const barHeight = 12;
const axisHeight = 24;
/** The least width of a bar, in pixels. */
const narrowest = 3;
/** The least part of the picture's width that a wait must take to be drawn. */
const shortestWait = 0.006;
const kindsInOrder: readonly BarKind[] = ['succeeded', 'failed', 'killed', 'running', 'waiting'];

/**
 * A timeline as an SVG picture: a row of bars for each subject, and the seconds below. Its colours come from classes of the page.
 *
 * The bars stretch with the page between margins for labels and exit codes, so that letters keep their size on every screen.
 */
export function timelinePicture(rows: readonly TimelineRow[], seconds: number): string {
  const height = rows.length * rowHeight + axisHeight;
  // Less than a second cannot be drawn.
  const end = Math.max(seconds, 1);
  // The column of labels is as wide as the longest of them.
  const labelWidth = Math.ceil(Math.max(0, ...rows.map(({ label }) => shorten(label).length)) * letterWidth) + 14;
  const x = (at: number): string => `${round((Math.min(Math.max(at, 0), end) / end) * 100)}%`;
  const ticks = ticksUpTo(end).map((at) =>
    `<line class="grid" x1="${x(at)}" y1="0" x2="${x(at)}" y2="${height - axisHeight + 4}"/>` +
    `<text class="tick" x="${x(at)}" y="${height - 6}">${tickText(at)}</text>`);
  const lines = rows.map(({ label, bars, exitCode }, position) => {
    const top = position * rowHeight + (rowHeight - barHeight) / 2;
    const base = top + barHeight - 2;
    // A run is shown even if it took no time.
    const telling = bars.filter(({ from, to, kind }) => kind !== 'waiting' || (to - from) / end >= shortestWait);
    const drawn = telling.map(({ from, to, kind, title }) =>
      `<rect class="${kind}" x="${x(from)}" y="${top}" style="width:max(${narrowest}px,${x(to - from)})" height="${barHeight}" rx="2">` +
      `<title>${escapeHtml(title)}</title></rect>`);
    const exit = exitCode === undefined ? '' : `<text class="exit${exitCode === 0 ? '' : ' bad'}" x="100%" dx="${exitWidth}" y="${base}">exit ${exitCode}</text>`;
    return `<text class="label" x="-10" y="${base}">${escapeHtml(shorten(label))}</text>${drawn.join('')}${exit}`;
  });
  const place = `width:calc(100% - ${labelWidth + exitWidth}px);margin-left:${labelWidth}px`;
  return `<svg height="${height}" style="${place}" role="img" aria-label="Timeline of the attempts">${ticks.join('')}${lines.join('\n')}</svg>`;
}

/** What the colours of a timeline mean, for those that occur in it. */
export function timelineLegend(rows: readonly TimelineRow[]): string {
  const kinds = kindsInOrder.filter((kind) => rows.some(({ bars }) => bars.some((bar) => bar.kind === kind)));
  const keys = kinds.map((kind) => `<svg class="key" viewBox="0 0 12 12"><rect class="${kind}" width="12" height="12" rx="2"/></svg>${kind}`);
  return `<p class="soft legend">${keys.join(' ')}</p>`;
}

/** About six round numbers of seconds. */
function ticksUpTo(end: number): number[] {
  const rough = end / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const minutes = [60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400].find((candidate) => candidate >= rough);
  const decimal = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? power;
  const step = rough > 30 ? minutes ?? decimal : decimal;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, count) => Math.round(count * step * 1000) / 1000);
}

function tickText(at: number): string {
  if (at < 60) return `${at}s`;
  if (at < 3600) return `${round(at / 60)}m`;
  return `${round(at / 3600)}h`;
}

/** Shortens a pod's name to its end, which tells it from the others. */
function shorten(label: string): string {
  return label.length <= 24 ? label : `…${label.slice(-23)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
