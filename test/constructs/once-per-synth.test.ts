/** What a synth costs, counted: how often objects are rendered and the tree is walked, for apps of one size and of four times as much. */
import { ApiObject, App, Chart } from 'cdk8s';
import { Construct, Node } from 'constructs';
import { argocd } from '../../src/constructs/gitops';
import { NonParallelJob } from '../../src/constructs/non-parallel-job';
import { additionsTo } from '../../src/constructs/render/additions';

const pod = { restartPolicy: 'Never', activeDeadlineSeconds: 60 } as const;

interface Counts {
  readonly rendered: number;
  /** Walks of the whole tree that are not cdk8s' own. */
  readonly walked: number;
}

/** Counts what a call costs. */
function count(app: App, call: () => void): Counts {
  let [rendered, walked] = [0, 0];
  const { toJson } = ApiObject.prototype;
  const { findAll } = Node.prototype;
  const rendering = jest.spyOn(ApiObject.prototype, 'toJson').mockImplementation(function (this: ApiObject) {
    rendered += 1;
    return toJson.call(this) as unknown;
  });
  const walking = jest.spyOn(Node.prototype, 'findAll').mockImplementation(function (this: Node, ...args) {
    if (this === app.node) walked += 1;
    return findAll.apply(this, args);
  });
  try {
    call();
    return { rendered, walked };
  } finally {
    rendering.mockRestore();
    walking.mockRestore();
  }
}

/** An app of some charts, each with Deployments that wait for Jobs which read a ConfigMap, and a Secret that the app does not have. */
function appOf(charts: number, steps = 1): App {
  const app = new App();
  argocd({ order: 'dependencies' }).applyTo(app);
  for (let index = 0; index < charts * steps; index += 1) {
    const chart = index % steps === 0 ? new Chart(app, `chart-${index}`) : app.node.children.at(-1) as Chart;
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `settings-${index}` }, data: { level: 'info' } };
    new ApiObject(chart, `settings-${index}`, settings);
    const envFrom = [{ configMapRef: { name: `settings-${index}` } }, { secretRef: { name: 'elsewhere' } }];
    const job = new NonParallelJob(chart, `job-${index}`, { rerun: 'on-change', ...pod, containers: [{ name: 'main', image: 'app:1', envFrom }] });
    const web = new ApiObject(chart, `web-${index}`, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: `web-${index}` } });
    web.node.addDependency(job);
  }
  return app;
}

test.each<[string, (app: App) => void]>([
  ['the whole app', (app) => app.synthYaml()],
  ['each chart by itself, which cdk8s validates with the whole app', (app) => { for (const chart of app.charts) chart.toJson(); }],
])('rendering grows with the app, not with its square: %s', (_, synth) => {
  const [small = 0, large = 0] = [10, 40].map((charts) => {
    const app = appOf(charts);
    return count(app, () => synth(app)).rendered;
  });
  expect(large).toBeLessThanOrEqual(4 * small);
});

test('the tree is walked for the app, not for each Job and what it reads', () => {
  const [few, many] = [10, 40].map((steps) => {
    const app = appOf(1, steps);
    return count(app, () => app.synthYaml()).walked;
  });
  expect(many).toBe(few);
});

describe('additions are seen', () => {
  test('far below the root, and by nobody else', () => {
    const [root, other] = [new App(), new App()];
    const scope = new Construct(new Construct(root, 'scope'), 'inner');
    const before = additionsTo(root);
    new Construct(other, 'elsewhere');
    expect(additionsTo(root)).toBe(before);
    new Construct(scope, 'new');
    expect(additionsTo(root)).not.toBe(before);
  });

  test('and a locked app is locked still', () => {
    const root = new App();
    additionsTo(root);
    root.node.lock();
    expect(() => new Construct(root, 'new')).toThrow('Cannot add children during synthesis');
  });
});
