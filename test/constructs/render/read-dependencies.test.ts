import { Construct, DependencyGroup, type IConstruct } from 'constructs';
import { dependenciesOf } from '../../../src/constructs/render/read-dependencies';

const root = new Construct(undefined as never, '');
const [first, second, third] = ['first', 'second', 'third'].map((id) => new Construct(root, id)) as [Construct, Construct, Construct];

test('a construct depends on nothing, or on what its node says', () => {
  expect(dependenciesOf(first)).toEqual([]);
  second.node.addDependency(first);
  expect(dependenciesOf(second)).toEqual([first]);
});

test('what is added to a group later is read', () => {
  const group = new DependencyGroup(first);
  third.node.addDependency(group);
  group.add(second);
  expect(dependenciesOf(third)).toEqual([first, second]);
});

test('a node that keeps its dependencies elsewhere is asked', () => {
  const other = { node: { dependencies: [first] } } as unknown as IConstruct;
  expect(dependenciesOf(other)).toEqual([first]);
});
