import fc from 'fast-check';
import { targets } from './targets';

// A small part of what `npx tsx bench/fuzz/main.ts` runs a million times; fast-check prints its seed.
test.each(targets)('$name takes whatever becomes of real inputs', ({ inputs, use }) => {
  fc.assert(fc.property(inputs, (input) => { use(input); }), { numRuns: 400 });
});
