import { shownText } from '../../src/core/shown-text';

test.each([['', '""'], ['a b', 'a b'], [' ', ' ']])('%j is shown as %s', (text, shown) => {
  expect(shownText(text)).toBe(shown);
});
