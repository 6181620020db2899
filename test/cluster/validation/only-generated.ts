import { isGeneratedLabel } from '../../../src/api/labels';

/** Of the labels of a template, those that the server made: the others stay or go as the user writes. */
export function onlyGenerated(labels: object = {}): object {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => isGeneratedLabel(label)));
}
