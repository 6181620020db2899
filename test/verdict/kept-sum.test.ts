import fc from 'fast-check';
import { KeptSum } from '../../src/verdict/kept-sum';

test('the sum is that of all values in the order of their places, whatever changed and was added, together or one by one', () => {
  const changes = fc.array(fc.array(fc.tuple(fc.nat(40), fc.string({ minLength: 1, maxLength: 2 }))), { maxLength: 20 });
  fc.assert(fc.property(changes, (rounds) => {
    const sum = new KeptSum<string>((one, other) => one + other);
    const values: string[] = [];
    for (const round of rounds) {
      const changed = new Set<number>();
      for (const [wanted, value] of round) {
        const place = Math.min(wanted, values.length);
        values[place] = value;
        changed.add(place);
      }
      sum.set([...changed].sort((a, b) => a - b), (place) => values[place] ?? '');
      expect(sum.total ?? '').toBe(values.join(''));
    }
  }));
});

test('there is no sum of nothing', () => {
  expect(new KeptSum<number>((one, other) => one + other).total).toBeUndefined();
});

test('a change costs as many additions as the number of values has binary digits', () => {
  let additions = 0;
  const sum = new KeptSum<number>((one, other) => {
    additions += 1;
    return one + other;
  });
  sum.set([...Array(1024).keys()], () => 1);
  expect(additions).toBe(1023);
  sum.set([500], () => 2);
  expect(additions).toBe(1033);
  expect(sum.total).toBe(1025);
});
