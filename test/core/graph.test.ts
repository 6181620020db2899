import fc from 'fast-check';
import { type Before, findCircle, sortByOrder } from '../../src/core/graph';

test.each<[string, Before, number[], number[] | undefined]>([
  ['nothing', [], [], undefined],
  ['nodes that wait for nothing stay as they are', [[], [], []], [0, 1, 2], undefined],
  ['a chain written backwards', [[1], [2], []], [2, 1, 0], undefined],
  ['a diamond', [[], [0], [0], [1, 2]], [0, 1, 2, 3], undefined],
  ['one that is named twice counts once', [[], [0, 0]], [0, 1], undefined],
  ['a node that waits for itself', [[0], []], [1], [0]],
  ['a circle, and what waits for it', [[], [2], [1], [2]], [0], [1, 2]],
])('%s', (_, before, sorted, circle) => {
  expect(sortByOrder(before)).toEqual(sorted);
  expect(findCircle(before)).toEqual(circle);
});

/** Graphs of up to thirty nodes, with and without circles. */
const anyGraph = fc.integer({ min: 1, max: 30 }).chain((size) =>
  fc.array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 3 }), { minLength: size, maxLength: size }));

test('whatever the graph: it sorts whole, or there is a circle whose every node waits for the next', () => {
  fc.assert(fc.property(anyGraph, (before) => {
    const sorted = sortByOrder(before);
    const place = new Map(sorted.map((node, position) => [node, position]));
    for (const node of sorted) for (const earlier of before[node] ?? []) expect(place.get(earlier)).toBeLessThan(place.get(node) ?? -1);
    const circle = findCircle(before);
    expect(circle === undefined).toBe(sorted.length === before.length);
    for (const [position, node] of (circle ?? []).entries()) expect(before[node]).toContain(circle?.[(position + 1) % circle.length]);
  }));
});

test('a chain of 100,000 is sorted without running out of stack', () => {
  const before = Array.from({ length: 100_000 }, (_, node) => (node === 0 ? [] : [node - 1]));
  expect(sortByOrder(before)).toHaveLength(100_000);
});
