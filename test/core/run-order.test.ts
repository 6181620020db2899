import fc from 'fast-check';
import type { Before } from '../../src/core/graph';
import { RunOrder } from '../../src/core/run-order';

test('each Job starts when all that it waits for are complete, and not before', () => {
  const order = new RunOrder([[], [0], [0], [1, 2]]);
  expect(order.take()).toEqual([0]);
  expect(order.take()).toEqual([]);
  order.complete(0);
  expect(order.take()).toEqual([1, 2]);
  order.complete(2);
  expect(order.take()).toEqual([]);
  order.complete(1);
  expect(order.take()).toEqual([3]);
});

test('a failure stops what waits for it, directly or not, and nothing else', () => {
  const order = new RunOrder([[], [0], [1], [], [3, 2], [3]]);
  expect(order.take()).toEqual([0, 3]);
  expect(order.fail(0)).toEqual([1, 2, 4]);
  order.complete(3);
  expect(order.take()).toEqual([5]);
});

test('what two failures would stop is stopped once', () => {
  const order = new RunOrder([[], [], [0, 1]]);
  order.take();
  expect([order.fail(1), order.fail(0)]).toEqual([[2], []]);
});

test('no more than allowed are at work at once, first come first', () => {
  const order = new RunOrder([[], [], [], [0]], 2);
  expect(order.take()).toEqual([0, 1]);
  order.complete(1);
  expect(order.take()).toEqual([2]);
  order.complete(0);
  expect(order.take()).toEqual([3]);
});

/** Graphs without circles: each node waits for earlier ones only. */
const anyOrder = fc.integer({ min: 1, max: 25 }).chain((size) =>
  fc.tuple(...Array.from({ length: size }, (_, node) =>
    (node === 0 ? fc.constant<number[]>([]) : fc.array(fc.nat({ max: node - 1 }), { maxLength: 4 })))));

test('whatever the graph and whoever fails: nothing starts early, nothing twice, and everything that can start does', () => {
  const anyPicks = fc.infiniteStream(fc.nat());
  const anyEnds = fc.infiniteStream(fc.boolean());
  fc.assert(fc.property(anyOrder, anyPicks, anyEnds, fc.integer({ min: 1, max: 5 }), (graph, picks, ends, atOnce) => {
    const before = graph as Before;
    const order = new RunOrder(before, atOnce);
    const [complete, failed, stopped] = [new Set<number>(), new Set<number>(), new Set<number>()];
    const started = new Set<number>();
    const atWork: number[] = [];
    for (;;) {
      for (const node of order.take()) {
        expect(started.has(node) || stopped.has(node)).toBe(false);
        for (const earlier of before[node] ?? []) expect(complete.has(earlier)).toBe(true);
        started.add(node);
        atWork.push(node);
      }
      expect(atWork.length).toBeLessThanOrEqual(atOnce);
      const [node] = atWork.splice((picks.next().value ?? 0) % Math.max(1, atWork.length), 1);
      if (node === undefined) break;
      const isGood = ends.next().value ?? true;
      (isGood ? complete : failed).add(node);
      if (isGood) order.complete(node);
      else for (const follower of order.fail(node)) stopped.add(follower);
    }
    for (const node of before.keys()) {
      const isHeld = (before[node] ?? []).some((earlier) => failed.has(earlier) || stopped.has(earlier));
      expect([node, started.has(node), stopped.has(node)]).toEqual([node, !isHeld, isHeld]);
    }
  }));
});
