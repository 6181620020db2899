import fc from 'fast-check';
import { type Selector, formatSelector, matchesSelector, matchesSelectorText } from '../../src/api/selector';

const labels = { app: 'x', tier: 'back', empty: '' };

const matching: ReadonlyArray<readonly [what: string, selector: Selector | undefined, matches: boolean]> = [
  ['no selector matches nothing', undefined, false],
  ['a selector that asks for nothing matches everything', {}, true],
  ['a label with its value', { matchLabels: { app: 'x' } }, true],
  ['a label with another value', { matchLabels: { app: 'y' } }, false],
  ['one label of two with another value', { matchLabels: { app: 'x', tier: 'front' } }, false],
  ['a label that is not there', { matchLabels: { zone: 'x' } }, false],
  ['a label with the empty value', { matchLabels: { empty: '' } }, true],
  ['In with the value among others', { matchExpressions: [{ key: 'app', operator: 'In', values: ['w', 'x'] }] }, true],
  ['In without the value', { matchExpressions: [{ key: 'app', operator: 'In', values: ['w'] }] }, false],
  ['In with a label that is not there', { matchExpressions: [{ key: 'zone', operator: 'In', values: [''] }] }, false],
  ['NotIn with the value', { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['x'] }] }, false],
  ['NotIn with a label that is not there', { matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['x'] }] }, true],
  ['Exists with a label of an empty value', { matchExpressions: [{ key: 'empty', operator: 'Exists' }] }, true],
  ['Exists with a label that is not there', { matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, false],
  ['Exists with a name that every object has', { matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }, false],
  ['DoesNotExist with a label that is not there', { matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] }, true],
  ['DoesNotExist with a label', { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, false],
  ['a label and a condition of which one fails', { matchLabels: { app: 'x' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['front'] }] }, false],
];

test.each(matching)('%s', (_, selector, matches) => {
  expect(matchesSelector(selector, labels)).toBe(matches);
});

test('an object without labels is matched by what asks for none', () => {
  expect(matchesSelector({ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, undefined)).toBe(true);
});

const word = fc.stringMatching(/^[a-z0-9]{1,3}$/);
const values = fc.array(word, { minLength: 1, maxLength: 3 });
const requirement = fc.oneof(
  fc.record({ key: word, operator: fc.constantFrom('In', 'NotIn'), values }),
  fc.record({ key: word, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);

test('what is written is read back: the text of a selector matches what the selector matches', () => {
  const matchLabels = fc.dictionary(word, word, { maxKeys: 2 });
  const selectors = fc.record({ matchLabels, matchExpressions: fc.array(requirement, { maxLength: 3 }) });
  fc.assert(fc.property(selectors, fc.dictionary(word, word, { maxKeys: 4 }), (selector, some) => {
    expect(matchesSelectorText(formatSelector(selector), some)).toBe(matchesSelector(selector, some));
  }));
});
