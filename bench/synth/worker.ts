/* eslint-disable @typescript-eslint/no-require-imports -- each way loads its own package only. */
/** Synthesizes Jobs in one way and prints what that cost: `worker.ts <way> <charts> <jobs per chart> <folder of the compiled package>`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import type * as Plus from 'cdk8s-plus-28';
import type * as Jobs from 'cdk8s-jobs';

const [way = '', charts = '1', jobs = '1', library = ''] = process.argv.slice(2);

/** How each way makes its job; the manifests say the same, as far as each way can. */
const ways: Readonly<Record<string, () => (chart: Chart, index: number) => unknown>> = {
  'cdk8s-jobs': () => {
    const { NonParallelJob, validateManifest } = require(library) as typeof Jobs;
    // The rules are loaded with the first manifest; loading is not counted here, see bench/import.
    validateManifest({});
    return (chart, index) => new NonParallelJob(chart, `job${index}`, {
      backoffLimit: 4,
      ttlSecondsAfterFinished: 3600,
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 30,
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, fsGroupChangePolicy: 'Always' },
      containers: [{
        name: 'main',
        image: 'registry.example/app:7',
        imagePullPolicy: 'Always',
        command: ['app', 'run'],
        env: [{ name: 'INDEX', value: String(index) }],
        resources: { requests: { cpu: '1000m', memory: '512Mi' }, limits: { cpu: '1500m', memory: '2048Mi' } },
        securityContext: { allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true },
      }],
    });
  },
  'cdk8s-plus-28': () => {
    const kplus = require('cdk8s-plus-28') as typeof Plus;
    return (chart, index) => new kplus.Job(chart, `job${index}`, {
      backoffLimit: 4,
      containers: [{
        image: 'registry.example/app:7', command: ['app', 'run'], envVariables: { INDEX: kplus.EnvValue.fromValue(String(index)) },
      }],
    });
  },
  'ApiObject': () => (chart, index) => new ApiObject(chart, `job${index}`, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    spec: {
      backoffLimit: 4,
      ttlSecondsAfterFinished: 3600,
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 30,
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, fsGroupChangePolicy: 'Always' },
          containers: [{
            name: 'main',
            image: 'registry.example/app:7',
            imagePullPolicy: 'Always',
            command: ['app', 'run'],
            env: [{ name: 'INDEX', value: String(index) }],
            resources: { requests: { cpu: '1000m', memory: '512Mi' }, limits: { cpu: '1500m', memory: '2048Mi' } },
            securityContext: { allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true },
          }],
        },
      },
    },
  }),
};

const add = ways[way]?.();
if (add === undefined) throw new Error(`no way called ${way}`);
const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-bench-'));
const before = process.cpuUsage();
const app = new App({ outdir });
for (let chartIndex = 0; chartIndex < Number(charts); chartIndex += 1) {
  const chart = new Chart(app, `chart${chartIndex}`);
  for (let index = 0; index < Number(jobs); index += 1) add(chart, index);
}
app.synth();
const { user, system } = process.cpuUsage(before);
rmSync(outdir, { recursive: true });
process.stdout.write(JSON.stringify((user + system) / 1000));
