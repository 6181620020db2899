import { App, Chart } from 'cdk8s';
import { newChart, refusal, synth, untyped } from './helpers';
import { forKubernetes, JobSet, NonParallelJob } from '../../src';

const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] } as const;
/** Known since 1.37, and judged where its gate is on. */
const gang = { scheduling: { schedulingPolicy: { gang: { minCount: 2 } } } } as const;
const gates = { GenericWorkload: true, WorkloadWithJob: true };
const tooFew = /scheduling\.schedulingPolicy\.gang\.minCount: Invalid value: 2: must not be greater than parallelism \(1\)/;

function chartWith(props: object): Chart {
  const chart = newChart();
  new NonParallelJob(chart, 'job', untyped({ ...pod, ...props }));
  return chart;
}

test('without it, Jobs are judged as the default server would', () => {
  expect(refusal(() => synth(chartWith(gang)))).toEqual([]);
});

test('a chart says for which server its Jobs are made', () => {
  const chart = chartWith(gang);
  forKubernetes({ featureGates: gates }).applyTo(chart);
  expect(refusal(() => synth(chart))).toEqual([expect.stringMatching(tooFew)]);
});

test('an older server does not know every field', () => {
  const chart = chartWith(gang);
  forKubernetes({ kubernetesVersion: '1.36' }).applyTo(chart);
  expect(refusal(() => synth(chart))).toEqual([expect.stringContaining('it is new in Kubernetes 1.37')]);
});

test('the nearest scope that says it counts, also when it says it later', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  new NonParallelJob(chart, 'job', untyped({ ...pod, ...gang }));
  forKubernetes({ featureGates: gates }).applyTo(app);
  expect(refusal(() => app.synthYaml())).toEqual([expect.stringMatching(tooFew)]);
  forKubernetes({}).applyTo(chart);
  expect(refusal(() => app.synthYaml())).toEqual([]);
});

test('the Jobs of a JobSet are judged for it too', () => {
  const chart = newChart();
  new JobSet(chart, 'set', { replicatedJobs: [{ name: 'a', job: untyped({ ...pod, ...gang }) }] });
  expect(refusal(() => synth(chart))).toEqual([]);
  forKubernetes({ featureGates: gates }).applyTo(chart);
  expect(refusal(() => synth(chart))).toEqual([expect.stringMatching(tooFew)]);
});

test.each<[what: string, run: () => unknown, message: RegExp]>([
  ['a version that is not known', () => forKubernetes(untyped({ kubernetesVersion: '1.20' })), /^Cannot validate for Kubernetes 1\.20$/],
  ['gates that cannot be', () => forKubernetes({ featureGates: { WorkloadWithJob: true } }), /depends on features that are disabled: \[GenericWorkload\]$/],
  ['no construct', () => forKubernetes({}).applyTo(untyped({})), /^Cannot apply the version of Kubernetes: expected a chart/],
])('%s is refused', (_, run, message) => {
  expect(run).toThrow(message);
});
