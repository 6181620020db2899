import { ApiObject, App, Chart, Lazy, type ApiObjectMetadata } from 'cdk8s';
import fc from 'fast-check';
import { renderMetadata } from '../../../src/constructs/render/render-metadata';

const app = new App();
let count = 0;

function object(metadata: ApiObjectMetadata, labels: Record<string, string> = {}): ApiObject {
  const chart = new Chart(app, `chart${(count += 1)}`, { labels, namespace: 'team' });
  return new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'Thing', metadata });
}

test('metadata of texts is rendered as cdk8s renders it', () => {
  const texts = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}[A-Z/.-]?$/), fc.option(fc.string(), { nil: undefined }), { maxKeys: 3 });
  fc.assert(fc.property(texts, texts, texts, texts, (labels, annotations, more, ofChart) => {
    const { metadata } = object({ ...more, labels, annotations } as ApiObjectMetadata, ofChart as Record<string, string>);
    expect(JSON.stringify(renderMetadata(metadata))).toBe(JSON.stringify(metadata.toJson()));
  }), { numRuns: 200 });
});

test.each<readonly [string, ApiObjectMetadata]>([
  ['a Lazy label', { labels: { a: Lazy.any({ produce: () => 'b' }) as string } }],
  ['a Lazy name', { name: Lazy.any({ produce: () => 'b' }) as string }],
  ['a number for a label', { labels: { a: 1 as unknown as string } }],
  ['finalizers', { finalizers: ['example.com/hold'] }],
  ['owners', { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'b' }] }],
  ['other attributes', { generateName: 'a-', managedFields: [{}], more: { empty: {}, list: [] } }],
  ['null', { labels: { a: null as unknown as string } }],
])('%s is rendered as cdk8s renders it', (_, given) => {
  const { metadata } = object(given);
  expect(renderMetadata(metadata)).toEqual(metadata.toJson());
});

test('what is added later is rendered', () => {
  const { metadata } = object({ name: 'a' });
  metadata.addLabel('b', 'c');
  metadata.add('deletionGracePeriodSeconds', 3);
  expect(renderMetadata(metadata)).toEqual({ name: 'a', namespace: 'team', labels: { b: 'c' }, deletionGracePeriodSeconds: 3 });
});
