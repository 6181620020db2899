import fc from 'fast-check';
import { CellMap } from '../../src/core/cell-map';

const key = fc.constantFrom('a', 'b', 'c', 'd');
const change = fc.oneof(
  fc.record({ op: fc.constant('set' as const), key, value: fc.option(fc.nat(), { nil: undefined }) }),
  fc.record({ op: fc.constant('delete' as const), key }),
  { weight: 1, arbitrary: fc.record({ op: fc.constant('clear' as const) }) },
);

test('property: it holds what a map holds, in the same order', () => {
  fc.assert(fc.property(fc.array(change), (changes) => {
    const model = new Map<string, number | undefined>();
    const cells = new CellMap<string, number | undefined>();
    for (const one of changes) {
      if (one.op === 'set') {
        model.set(one.key, one.value);
        cells.set(one.key, one.value);
      } else if (one.op === 'delete') {
        model.delete(one.key);
        cells.delete(one.key);
      } else {
        model.clear();
        cells.clear();
      }
      const shown: Array<[string, number | undefined]> = [];
      cells.forEach((value, name) => shown.push([name, value]));
      expect([shown, cells.entries(), cells.values(), cells.size]).toEqual([[...model], [...model], [...model.values()], model.size]);
      for (const name of ['a', 'b', 'c', 'd']) expect([cells.get(name), cells.has(name)]).toEqual([model.get(name), model.has(name)]);
    }
  }));
});
