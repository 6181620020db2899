import fc from 'fast-check';
import { WaitingLine } from '../../src/core/waiting-line';

const step = fc.oneof(fc.record({ add: fc.nat(9) }), fc.constant('take' as const), fc.record({ takeOver: fc.nat(9) }));

test('property: items are taken in the order in which they came, or the first that may be', () => {
  fc.assert(fc.property(fc.array(step), (steps) => {
    const model: number[] = [];
    const line = new WaitingLine<number>();
    for (const one of steps) {
      if (one === 'take') {
        expect(line.take()).toBe(model.shift());
      } else if ('add' in one) {
        line.add(one.add);
        model.push(one.add);
      } else {
        const place = model.findIndex((item) => item > one.takeOver);
        expect(line.take((item) => item > one.takeOver)).toBe(place < 0 ? undefined : model.splice(place, 1)[0]);
      }
      expect(line.isEmpty).toBe(model.length === 0);
    }
  }));
});
