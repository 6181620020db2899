import fc from 'fast-check';
import { countEdits, nearest } from '../../src/core/nearest';

test.each<[string, string, number, number]>([
  ['', '', 0, 0],
  ['', 'job', 3, 3],
  ['jobs', 'job', 1, 1],
  ['kitten', 'sitting', 3, 3],
  ['paralellism', 'parallelism', 2, 1],
  ['backofLfimit', 'backofLimfit', 2, 2],
  ['iamge', 'image', 2, 1],
  ['ca', 'abc', 3, 3],
])('from "%s" to "%s" there are %i edits, with swaps %i', (from, to, plain, swapped) => {
  expect(countEdits(from, to)).toBe(plain);
  expect(countEdits(from, to, { swaps: true })).toBe(swapped);
});

test.each([false, true])('edits go both ways, are none to the same text, and at least the difference in length (swaps: %p)', (swaps) => {
  fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (from, to) => {
    const edits = countEdits(from, to, { swaps });
    expect(countEdits(to, from, { swaps })).toBe(edits);
    expect(edits === 0).toBe(from === to);
    expect(edits).toBeGreaterThanOrEqual(Math.abs(from.length - to.length));
    expect(edits).toBeLessThanOrEqual(Math.max(from.length, to.length));
  }));
});

test('the nearest name is the first of those with the fewest edits, and none that is too far', () => {
  const names = ['image', 'imagine', 'images', 'mage'];
  const nearestTo = (text: string, most: number): string | undefined => nearest(names, most, (name) => countEdits(text, name));
  expect(nearestTo('imags', 2)).toBe('image');
  expect(nearestTo('imagess', 1)).toBe('images');
  expect(nearestTo('volume', 2)).toBeUndefined();
  expect(nearest([], 9, () => 0)).toBeUndefined();
});
