import { selecting } from '../../src/local/select';

const pod = { metadata: { name: 'p', namespace: 'a', labels: { app: 'x', tier: 'back' } }, status: { phase: 'Running' } };

test.each([
  ['app=x', true], ['app==x', true], ['app=y', false], ['app!=y', true], ['app!=x', false], ['app', true], ['!app', false], ['!other', true],
  ['app in (x, y)', true], ['app notin (x)', false], ['other notin (x)', true], ['app=x,tier=back', true], ['app=x,tier=front', false], ['', true],
])('the label selector %p selects: %p', (labelSelector, expected) => {
  expect(selecting({ labelSelector }, 'a')(pod)).toBe(expected);
});

test.each([
  ['metadata.name=p', true], ['metadata.name=q', false], ['status.phase!=Running', false], ['status.phase=Running,metadata.name=p', true],
])('the field selector %p selects: %p', (fieldSelector, expected) => {
  expect(selecting({ fieldSelector }, 'a')(pod)).toBe(expected);
});

test.each([[{ namespace: 'a' }, true], [{ namespace: 'b' }, false], [{ namespace: '*' }, true], [{}, false]])('the namespace of %p decides: %p', (selection, expected) => {
  expect(selecting(selection, 'b')(pod)).toBe(expected);
});
