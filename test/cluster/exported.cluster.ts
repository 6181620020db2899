import { createNamespace, deleteNamespace, serverVersion, testCluster } from './api';
import { agree, askValidator, askValidatorOfChange } from './validation/offline-answer';
import { answerOf } from './validation/server-answer';

interface Exported {
  readonly metadata: Record<string, unknown> & { name: string; labels?: unknown };
  readonly spec: Record<string, unknown> & { template: { metadata: { labels?: Record<string, string> } } };
  readonly status?: unknown;
}

const cluster = testCluster();
const { api } = cluster;
const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } };
const own = { manualSelector: true, selector: { matchLabels: { app: 'own' } }, template: { metadata: { labels: { app: 'own' } }, ...template } };

/** What people do to a Job that they have exported, before they send it again. */
const edits: ReadonlyArray<(job: Exported) => void> = [
  () => {},
  ({ metadata }) => { delete metadata.uid; },
  ({ metadata }) => { delete metadata.resourceVersion; },
  ({ metadata }) => { delete metadata.labels; },
  ({ metadata }) => { metadata.ownerReferences = [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'gone', uid: 'u', controller: true }]; },
  ({ spec }) => { delete spec.selector; },
  ({ spec }) => { spec.selector = {}; },
  ({ spec }) => { spec.selector = { matchLabels: { 'controller-uid': 'u' } }; },
  ({ spec }) => { spec.manualSelector = true; },
  ({ spec }) => { delete spec.manualSelector; },
  ({ spec }) => { delete spec.template.metadata.labels; },
  ({ spec: { template: { metadata } } }) => { metadata.labels = only(metadata.labels, (name) => name.startsWith('batch')); },
  ({ spec: { template: { metadata } } }) => { metadata.labels = only(metadata.labels, (name) => !name.startsWith('batch')); },
  ({ spec }) => { spec.backoffLimit = 1; },
];

test.each([['generated labels', { template }], ['a selector of its own', own]])('a Job with %s is refused or taken anew as the validator says', async (_, spec) => {
  const version = await serverVersion(api);
  const namespace = await createNamespace(cluster, 'exported');
  const other = await createNamespace(cluster, 'exported-to');
  try {
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'demo' }, spec: { suspend: true, ...spec } };
    const { body } = await api.mustRequest('POST', `/apis/batch/v1/namespaces/${namespace}/jobs`, job);
    const pairs = edits.flatMap((first, index) => edits.slice(index).map((second) => [first, second] as const));
    const answers = await Promise.all(pairs.map(async (pair) => {
      const edited = structuredClone(body) as Exported;
      for (const edit of new Set(pair)) edit(edited);
      edited.metadata.namespace = other;
      const text = JSON.stringify(edited);
      const server = await answerOf(api, 'POST', `/apis/batch/v1/namespaces/${other}/jobs?dryRun=All&fieldValidation=Strict`, text);
      return { text, server, validator: askValidator(edited, version) };
    }));
    expect(answers.filter(({ server }) => server.stage === 'refused').length).toBeGreaterThan(10);
    expect(answers.filter(({ server, validator }) => !agree(server, validator))).toEqual([]);
  } finally {
    await deleteNamespace(cluster, namespace);
    await deleteNamespace(cluster, other);
  }
});

test.each([['generated labels', { template }], ['a selector of its own', own]])('a Job with %s is replaced or refused as the validator says', async (_, spec) => {
  const version = await serverVersion(api);
  const namespace = await createNamespace(cluster, 'replaced');
  try {
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'demo' }, spec: { suspend: true, managedBy: 'example.com/nobody', ...spec } };
    const { body } = await api.mustRequest('POST', `/apis/batch/v1/namespaces/${namespace}/jobs`, job);
    const sets = edits.flatMap((first, index) => edits.slice(index).flatMap((second, more) =>
      edits.slice(index + more).map((third) => [first, second, third] as const)));
    const answers = await Promise.all(sets.map(async (set) => {
      const edited = structuredClone(body) as Exported;
      for (const edit of new Set(set)) edit(edited);
      const text = JSON.stringify(edited);
      const server = await answerOf(api, 'PUT', `/apis/batch/v1/namespaces/${namespace}/jobs/demo?dryRun=All&fieldValidation=Strict`, text);
      return { text, server, validator: askValidatorOfChange(body as object, edited, version) };
    }));
    expect(answers.filter(({ server }) => server.stage === 'refused').length).toBeGreaterThan(10);
    expect(answers.filter(({ server, validator }) => !agree(server, validator))).toEqual([]);
  } finally {
    await deleteNamespace(cluster, namespace);
  }
});

function only(labels: Record<string, string> | undefined, wanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(labels ?? {}).filter(([name]) => wanted(name)));
}
