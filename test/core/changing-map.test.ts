import fc from 'fast-check';
import { ChangingMap } from '../../src/core/changing-map';

const key = fc.constantFrom('a', 'b', 'c', 'd');
const change = fc.oneof(
  fc.record({ op: fc.constant('set' as const), key, value: fc.option(fc.nat(), { nil: undefined }) }),
  fc.record({ op: fc.constant('delete' as const), key }),
  { weight: 1, arbitrary: fc.record({ op: fc.constant('clear' as const) }) },
);

test('property: it holds what a map holds, in the same order', () => {
  fc.assert(fc.property(fc.array(change), (changes) => {
    const model = new Map<string, number | undefined>();
    const changing = new ChangingMap<string, number | undefined>();
    for (const one of changes) {
      if (one.op === 'set') {
        model.set(one.key, one.value);
        changing.set(one.key, one.value);
      } else if (one.op === 'delete') {
        model.delete(one.key);
        changing.delete(one.key);
      } else {
        model.clear();
        changing.clear();
      }
      expect([changing.keys(), changing.entries(), changing.values()]).toEqual([[...model.keys()], [...model], [...model.values()]]);
      expect(changing.size).toBe(model.size);
      for (const name of ['a', 'b', 'c', 'd']) expect([changing.get(name), changing.has(name)]).toEqual([model.get(name), model.has(name)]);
    }
  }));
});

test('what comes and goes a thousand times leaves the others as they were', () => {
  const changing = new ChangingMap<string, number>();
  changing.set('first', 1);
  for (let place = 0; place < 1000; place += 1) {
    changing.set(`passing ${place}`, place);
    changing.delete(`passing ${place - 1}`);
  }
  changing.set('last', 2);
  expect(changing.entries()).toEqual([['first', 1], ['passing 999', 999], ['last', 2]]);
});
