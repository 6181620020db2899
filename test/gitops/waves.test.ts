import fc from 'fast-check';
import { type Ordered, wavesOf } from '../../src/gitops/waves';

const inRollout = { phase: 0, written: undefined };

function job(...before: readonly number[]): Ordered {
  return { ...inRollout, isJob: true, before };
}

function other(...before: readonly number[]): Ordered {
  return { ...inRollout, isJob: false, before };
}

test.each<[string, readonly Ordered[], ReadonlyArray<number | undefined>]>([
  ['nothing without an order', [job(), other()], [undefined, undefined]],
  ['one after the other', [job(), job(0), job(1)], [0, 1, 2]],
  ['Jobs side by side', [job(), job(), job(0, 1)], [0, 0, 1]],
  ['what waits for a Job, and what a Job waits for', [other(), job(0), other(1)], [0, 1, 2]],
  ['no wave for an order of others alone', [other(), other(0)], [undefined, undefined]],
  ['others in the wave of those that they wait for', [job(), other(0), other(1)], [0, 1, 1]],
  ['the same whatever is given first', [job(1), job(2), job()], [2, 1, 0]],
  ['a wave by hand, and what follows it', [{ ...job(), written: -3 }, job(0), { ...other(1), written: 7 }, job(2)], [-3, 0, 7, 8]],
  ['none across phases', [{ ...job(), phase: -1 }, job(0)], [undefined, undefined]],
  ['none for what waits for itself', [job(1), job(0), job()], [undefined, undefined, undefined]],
])('waves: %s', (_, objects, waves) => {
  expect(wavesOf(objects)).toEqual({ waves, contradictions: [] });
});

test('a wave by hand that comes too early contradicts, and so does a later phase', () => {
  expect(wavesOf([job(), { ...other(0), written: 0 }]).contradictions).toEqual([{ position: 1, before: 0, isPhase: false }]);
  expect(wavesOf([other(), { ...job(0), phase: -1 }]).contradictions).toEqual([{ position: 1, before: 0, isPhase: true }]);
});

const anyOrder = fc.integer({ min: 1, max: 20 }).chain((size) => fc.tuple(...Array.from({ length: size }, (_, node) => fc.record({
  isJob: fc.boolean(),
  before: node === 0 ? fc.constant<number[]>([]) : fc.uniqueArray(fc.nat({ max: node - 1 }), { maxLength: 3 }),
})))).map((objects) => objects.map((object): Ordered => ({ ...inRollout, ...object })));

test('nothing is applied before what it waits for, and a Job never in one wave with that', () => {
  fc.assert(fc.property(anyOrder, (objects) => {
    const { waves, contradictions } = wavesOf(objects);
    expect(contradictions).toEqual([]);
    for (const [position, { before, isJob }] of objects.entries()) {
      for (const earlier of before) {
        const step = (waves[position] ?? 0) - (waves[earlier] ?? 0);
        expect(step).toBeGreaterThanOrEqual(isJob || objects[earlier]?.isJob === true ? 1 : 0);
      }
    }
  }));
});
