import fc from 'fast-check';
import { hashText } from '../../src/engine/random';
import { Table } from '../../src/engine/table';

/** Changes of a table; few keys, so that they meet. */
const anyChanges = fc.array(fc.record({
  key: fc.nat({ max: 300 }).map((key) => `pods/default/pod-${key}`), value: fc.option(fc.nat(), { nil: undefined }),
}), { maxLength: 800 });

test('a table holds what a Map would, and every frozen one stays as it was', () => {
  fc.assert(fc.property(fc.array(anyChanges, { maxLength: 5 }), (rounds) => {
    const model = new Map<string, number>();
    const frozen: Array<readonly [Table<string, number>, ReadonlyMap<string, number>]> = [];
    let table = Table.empty<string, number>();
    for (const changes of rounds) {
      const draft = table.edit();
      for (const { key, value } of changes) {
        if (value === undefined) draft.delete(key);
        else draft.set(key, value);
        if (value === undefined) model.delete(key);
        else model.set(key, value);
        expect(draft.get(key)).toBe(value);
      }
      expect(new Map(draft.entries())).toEqual(model);
      table = draft.freeze();
      frozen.push([table, new Map(model)]);
    }
    for (const [past, expected] of frozen) {
      expect(past.size).toBe(expected.size);
      expect(new Map(past.entries())).toEqual(expected);
      for (const [key, value] of expected) expect(past.get(key)).toBe(value);
    }
  }), { numRuns: 40 });
});

test('a draft goes on after it was frozen, and every table that it froze to stays as it was', () => {
  fc.assert(fc.property(fc.array(anyChanges, { maxLength: 5 }), (rounds) => {
    const model = new Map<string, number>();
    const draft = Table.empty<string, number>().edit();
    const frozen = rounds.map((changes) => {
      for (const { key, value } of changes) {
        if (value === undefined) draft.delete(key);
        else draft.set(key, value);
        if (value === undefined) model.delete(key);
        else model.set(key, value);
        expect(draft.size).toBe(model.size);
      }
      return { table: draft.freeze(), expected: new Map(model) };
    });
    for (const { table, expected } of frozen) {
      expect(new Map(table.entries())).toEqual(expected);
      expect(table.size).toBe(expected.size);
    }
  }), { numRuns: 40 });
});

test('a table with one more value is another table', () => {
  const one = Table.empty<string, number>().with('a', 1);
  const two = one.with('b', 2).with('a', 3);
  expect([[...one.entries()], [...two.entries()]]).toEqual([[['a', 1]], [['a', 3], ['b', 2]]]);
});

test('keys of one hash are told apart, however many others there are', () => {
  const twins = ['sp4q8ghcg', 'vtqasv1l9b'] as const;
  expect(hashText(twins[0])).toBe(hashText(twins[1]));
  const keys = [...twins, ...Array.from({ length: 5000 }, (_, at) => `pod-${at}`)];
  const draft = Table.empty<string, string>().edit();
  for (const key of keys) draft.set(key, `value of ${key}`);
  const table = draft.freeze();
  expect(keys.filter((key) => table.get(key) !== `value of ${key}`)).toEqual([]);
  const rest = table.edit();
  rest.delete(twins[0]);
  expect([rest.get(twins[0]), rest.get(twins[1]), rest.freeze().size]).toEqual([undefined, 'value of vtqasv1l9b', 5001]);
});
