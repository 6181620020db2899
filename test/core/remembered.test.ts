import { rememberedFor } from '../../src/core/remembered';

test('an object is answered once, also when the answer is undefined; another one that is equal is answered anew', () => {
  const make = jest.fn(({ name }: { readonly name?: string }) => name);
  const nameOf = rememberedFor(make);
  const [known, nameless] = [{ name: 'one' }, {}];
  expect([nameOf(known), nameOf(nameless), nameOf(known), nameOf(nameless)]).toEqual(['one', undefined, 'one', undefined]);
  expect(make).toHaveBeenCalledTimes(2);
  expect(nameOf({ ...known, name: 'two' })).toBe('two');
  expect(make).toHaveBeenCalledTimes(3);
});
