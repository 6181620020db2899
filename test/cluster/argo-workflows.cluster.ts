/** What Argo Workflows says of what `export --argo` writes: its definitions on the live server, its lint, and its reader of conditions. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram, testCluster } from './api';
import { installDefinitions } from './harness/definitions';
import { cachedGoBuild, requiredVersion } from './harness/go-build';
import { downloadModule } from './harness/kubernetes-module';
import { objectsOf } from './harness/objects';
import { argoWorkflow } from '../../src/export/argo-workflow';
import { writeYaml } from '../../src/yaml/write-yaml';

const cluster = testCluster();
const goModule = 'github.com/argoproj/argo-workflows/v4';
const folder = join(__dirname, 'argo-workflows');

let removeDefinitions = async (): Promise<void> => {};
beforeAll(async () => {
  const definitions = join(downloadModule(goModule, `v${requiredVersion(folder, goModule)}`), 'manifests/base/crds/full');
  removeDefinitions = await installDefinitions(cluster, ['workflows', 'workflowtemplates'].flatMap((name) => (
    objectsOf(readFileSync(join(definitions, `argoproj.io_${name}.yaml`), 'utf8'))
  )));
}, 5 * 60_000);
afterAll(async () => removeDefinitions());

function job(name: string, after?: string, args: readonly string[] = []): object {
  const annotations = after === undefined ? {} : { annotations: { 'cdk8s-jobs/after': after } };
  const containers = [{ name: 'main', image: 'busybox:1.36', args }];
  return {
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name, ...annotations }, spec: { template: { spec: { restartPolicy: 'Never', containers } } },
  };
}

const done = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'done', annotations: { 'cdk8s-jobs/after': 'extract' } } };

const written: ReadonlyArray<readonly [string, object]> = [
  ['one Job', argoWorkflow([job('etl')]).workflow],
  ['a diamond', argoWorkflow([job('a'), job('b', 'a'), job('c', 'a'), job('d', 'b,c')], { name: 'etl', serviceAccount: 'runner' }).workflow],
  ['names that no task may have', argoWorkflow([job('1.extract'), job('1-extract', '1.extract'), job('dag', '1-extract')]).workflow],
  ['braces in a command', argoWorkflow([job('render', undefined, ['{{workflow.name}}', '{{= 1 + }}', '{{inputs.parameters.none}}'])]).workflow],
  ['an object that waits', argoWorkflow([job('extract'), done]).workflow],
  ['a template', argoWorkflow([job('extract'), job('load', 'extract')], { name: 'etl', isTemplate: true }).workflow],
];

test.each(written)('the definition takes %s', async (_, workflow) => {
  const { kind } = workflow as { readonly kind: string };
  const path = `/apis/argoproj.io/v1alpha1/namespaces/default/${kind.toLowerCase()}s?dryRun=All&fieldValidation=Strict`;
  const { status, body } = await cluster.api.request('POST', path, workflow);
  expect({ status, words: status === 201 ? '' : (body as { message: string }).message }).toEqual({ status: 201, words: '' });
});

describe('lint', () => {
  let texts = '';
  let lint = '';
  beforeAll(async () => {
    texts = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-argo-'));
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    lint = join(await cachedGoBuild('argo-workflows', folder, ['cdk8s-jobs/test/cluster/argo-workflows'], { ldflags: '-s -w', say }), 'argo-workflows');
  }, 40 * 60_000);
  afterAll(() => rmSync(texts, { recursive: true }));

  async function ask(workflow: object): Promise<{ readonly status: number; readonly words: string }> {
    const file = join(texts, 'workflow.yaml');
    writeFileSync(file, writeYaml(workflow));
    const { status, stdout, stderr } = await runProgram(lint, [file]);
    return { status, words: stdout + stderr };
  }

  test.each(written)('finds nothing in %s, and its conditions parse', async (_, workflow) => {
    expect(await ask(workflow)).toEqual({ status: 0, words: 'no linting errors found!\n' });
  });

  test('finds what is wrong', async () => {
    const [, [, diamond]] = written as readonly [unknown, readonly [string, object]];
    const text = JSON.stringify(diamond);
    expect(await ask(JSON.parse(text.replace('a.Succeeded', 'nobody.Succeeded')) as object)).toMatchObject({ status: 1, words: expect.stringContaining('nobody') });
    expect(await ask(JSON.parse(text.replace('status.completionTime', 'status.#(x)')) as object)).toMatchObject({ status: 1, words: expect.stringContaining('unable to parse') });
  });
});
