// Plain JavaScript, so that node loads nothing else. Synthesizes Jobs in one way and prints the CPU time in ms of the whole process:
// worker.js <way> <charts> <jobs per chart> <folder of the compiled package>
const { existsSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const [way, charts, jobs, library] = process.argv.slice(2);

const container = (index) => ({
  name: 'main',
  image: 'registry.example/app:7',
  imagePullPolicy: 'Always',
  command: ['app', 'run'],
  env: [{ name: 'INDEX', value: String(index) }],
  resources: { requests: { cpu: '1000m', memory: '512Mi' }, limits: { cpu: '1500m', memory: '2048Mi' } },
  securityContext: { allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true },
});
const pod = (index) => ({
  restartPolicy: 'Never',
  terminationGracePeriodSeconds: 30,
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, fsGroupChangePolicy: 'Always' },
  containers: [container(index)],
});

/** How each way makes its app and its Jobs; the manifests say the same, as far as each way can. */
const ways = {
  // The same Jobs in cdk8s's own App, and in ours.
  'cdk8s-jobs': () => {
    const { NonParallelJob } = require(library);
    const { App, Chart } = require('cdk8s');
    return { App, Chart, add: (chart, index) => new NonParallelJob(chart, `job${index}`, { backoffLimit: 4, ttlSecondsAfterFinished: 3600, ...pod(index) }) };
  },
  'cdk8s-jobs, its App': () => ({ ...ways['cdk8s-jobs'](), App: require(library).App }),
  'cdk8s-plus-28': () => {
    const { App, Chart } = require('cdk8s');
    const { Job, EnvValue } = require('cdk8s-plus-28');
    return {
      App,
      Chart,
      add: (chart, index) => new Job(chart, `job${index}`, {
        backoffLimit: 4,
        containers: [{ image: 'registry.example/app:7', command: ['app', 'run'], envVariables: { INDEX: EnvValue.fromValue(String(index)) } }],
      }),
    };
  },
  'ApiObject': () => {
    const { ApiObject, App, Chart } = require('cdk8s');
    return {
      App,
      Chart,
      add: (chart, index) => new ApiObject(chart, `job${index}`, {
        apiVersion: 'batch/v1', kind: 'Job', spec: { backoffLimit: 4, ttlSecondsAfterFinished: 3600, template: { spec: pod(index) } },
      }),
    };
  },
};

const { App, Chart, add } = ways[way]();
// In memory where there is such a folder: what a disk takes is the same for all.
const outdir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'cdk8s-jobs-bench-'));
const app = new App({ outdir });
for (let chartIndex = 0; chartIndex < Number(charts); chartIndex += 1) {
  const chart = new Chart(app, `chart${chartIndex}`);
  for (let index = 0; index < Number(jobs); index += 1) add(chart, index);
}
app.synth();
const { user, system } = process.cpuUsage();
rmSync(outdir, { recursive: true });
process.stdout.write(String((user + system) / 1000));
