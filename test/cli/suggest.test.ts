import { findNearest } from '../../src/cli/input/suggest';

const names = ['validate', 'simulate', 'suspend', 'resume', 'run', 'retry'];

test.each([
  ['a letter left out', 'valdate', 'validate'],
  ['a letter too many', 'runn', 'run'],
  ['two letters swapped', 'vlaidate', 'validate'],
  ['another letter', 'resune', 'resume'],
  ['the beginning of a name', 'sus', 'suspend'],
  ['the name itself', 'retry', 'retry'],
  ['nothing like it', 'frobnicate', undefined],
])('%s', (_, name, nearest) => {
  expect(findNearest(name, names)).toBe(nearest);
});
