import { boxHeight, type GraphArrow, type GraphBox, type GraphLayout } from './graph-layout';
import { escapeHtml } from './html';

/** What a box says when it is pointed at, and where it leads. */
interface BoxWords {
  /** The section of the Job on the page; undefined for several. */
  readonly target: string | undefined;
  readonly title: string;
}

/** The order of Jobs as an SVG picture with arrows. Its colours come from classes of the page; a wide one is scrolled. */
export function graphPicture({ width, height, boxWidth, boxes, arrows }: GraphLayout, wordsOf: (box: GraphBox) => BoxWords): string {
  const drawn = boxes.map((box) => boxPicture(box, boxWidth, wordsOf(box)));
  const head = '<marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker>';
  const size = `width="${round(width)}" height="${round(height)}"`;
  return `<div class="scroll"><svg class="graph" ${size} role="img" aria-label="The order of the Jobs">` +
    `<defs>${head}</defs>${arrows.map(arrowPicture).join('')}\n${drawn.join('\n')}</svg></div>`;
}

function boxPicture({ x, y, label, outcome }: GraphBox, width: number, { target, title }: BoxWords): string {
  const box = `<title>${escapeHtml(title)}</title><rect x="${round(x)}" y="${round(y)}" width="${width}" height="${boxHeight}" rx="6"/>` +
    `<text x="${round(x + width / 2)}" y="${round(y + 17)}">${escapeHtml(label)}</text>`;
  const group = `<g class="box ${outcome}">${box}</g>`;
  return target === undefined ? group : `<a href="#${target}">${group}</a>`;
}

/** A curve that leaves downwards and comes from above. */
function arrowPicture({ from: [x1, y1], to: [x2, y2] }: GraphArrow): string {
  const half = (y2 - y1) / 2;
  return `<path class="arrow" marker-end="url(#head)" d="M${round(x1)} ${round(y1)}C${round(x1)} ${round(y1 + half)} ${round(x2)} ${round(y2 - half)} ${round(x2)} ${round(y2 - 1)}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
