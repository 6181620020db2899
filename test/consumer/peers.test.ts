/** The packed package beside the oldest and the newest cdk8s that it allows: it compiles, and takes its short cuts to the same bytes. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command, install, listYaml, pack, peerFolders, run, templateConfig, unmarkDeclarations, versionOf, write } from './packed';

const main = `import { App, Chart } from 'cdk8s';
import { IndexedJob, NonParallelJob, ScheduledJob } from 'cdk8s-jobs';

const app = new App();
const chart = new Chart(app, 'thumbnails', { namespace: 'media', labels: { team: 'media' } });
const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', env: [{ name: 'B', value: '1' }], args: [] }] } as const;
new NonParallelJob(chart, 'my_job', pod).metadata.addLabel('a', 'b');
new NonParallelJob(chart, 'unnamed', { ...pod, metadata: { generateName: 'load-', annotations: { c: 'd' } } });
new IndexedJob(chart, 'named', { ...pod, completions: 5, metadata: { name: 'shards', finalizers: ['example.com/hold'] } });
new ScheduledJob(chart, 'nightly', { schedule: '30 2 * * *', job: pod });
app.synth();
`;

/** Preloaded, it says for which objects cdk8s itself was asked. */
const spy = `const { ApiObject } = require('cdk8s');
const { toJson } = ApiObject.prototype;
ApiObject.prototype.toJson = function () {
  if (this.kind !== 'Probe') console.error(this.node.path);
  return toJson.call(this);
};
`;
/** Preloaded, it makes cdk8s one that is not known. */
const stranger = "require('cdk8s').ApiObject.prototype.addMore = () => undefined;\n";

const peers = ['oldest', 'newest'] as const;
const folders = new Map<string, string>();

beforeAll(() => {
  const { folder: packed, tarball } = pack();
  for (const peer of peers) {
    const folder = install(tarball, peerFolders[peer]);
    folders.set(peer, folder);
    unmarkDeclarations(folder);
    const files = { 'main.ts': main, 'spy.js': spy, 'stranger.js': stranger, 'tsconfig.json': JSON.stringify(templateConfig) };
    write(folder, { ...files, 'package.json': '{ "private": true }' });
  }
  rmSync(packed, { recursive: true });
}, 180_000);

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** What the app writes, and for which objects cdk8s was asked, with files preloaded. */
function synth(peer: string, outdir: string, ...preloaded: readonly string[]): { yaml: string; byCdk8s: readonly string[] } {
  const folder = folders.get(peer) ?? '';
  const flags = preloaded.flatMap((file) => ['--require', `./${file}`]);
  const { stderr, status } = run(folder, process.execPath, [...flags, 'main.js'], { ...process.env, CDK8S_OUTDIR: outdir });
  if (status !== 0) throw new Error(stderr);
  const yaml = listYaml(join(folder, outdir)).map((name) => readFileSync(join(folder, outdir, name), 'utf8')).join('');
  return { yaml, byCdk8s: stderr.split('\n').filter((line) => line !== '').sort() };
}

test('the oldest cdk8s is where our range begins, and the newest one is newer', () => {
  const { peerDependencies } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { peerDependencies: Record<string, string> };
  const [oldest, newest] = peers.map((peer) => versionOf(peerFolders[peer], 'cdk8s'));
  expect(peerDependencies.cdk8s).toBe(`^${oldest}`);
  expect(peerDependencies.constructs).toBe(`^${versionOf(peerFolders.oldest, 'constructs')}`);
  expect([newest?.startsWith('2.'), newest]).toEqual([true, expect.not.stringMatching(`^${oldest}$`)]);
});

describe.each(peers)('on the %s cdk8s', (peer) => {
  test('it compiles', () => {
    const folder = folders.get(peer) ?? '';
    const compiled = run(folder, process.execPath, [command('tsc'), '-p', folder]);
    expect([compiled.stdout, compiled.status]).toEqual(['', 0]);
  });

  test('cdk8s is as known: it is not asked, and writes the same when it is', () => {
    const short = synth(peer, 'short', 'spy.js');
    expect(short).toEqual({ yaml: expect.stringContaining('name: thumbnails-my-job-'), byCdk8s: [] });
    const long = synth(peer, 'long', 'stranger.js', 'spy.js');
    expect(long.yaml).toBe(short.yaml);
    expect([...new Set(long.byCdk8s)]).toEqual(['my_job', 'named', 'nightly', 'unnamed'].map((id) => `thumbnails/${id}`));
  });
});

test('both write the same', () => {
  expect(synth('newest', 'same').yaml).toBe(synth('oldest', 'same').yaml);
});
