import { newChart, refusal, synth, untyped } from './helpers';
import type { GitOps } from '../../src/api/props/gitops-props';
import { argocd, flux } from '../../src/constructs/gitops';
import { NonParallelJob } from '../../src/constructs/non-parallel-job';

const named = { metadata: { name: 'migrate' }, activeDeadlineSeconds: 600, restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] } as const;

test.each<[string, GitOps, string]>([
  ['a value', argocd(untyped({ run: 'before-rolout' })), 'gitops.run: Unsupported value: "before-rolout": supported values: "once", "on-change", "before-rollout", "before-rollout-when-changed", "after-rollout"'],
  ['a value of Flux', flux(untyped({ run: 'sometimes' })), 'gitops.run: Unsupported value: "sometimes": supported values: "once", '],
  ['a value that is no text', argocd(untyped({ whenRemoved: true })), 'gitops.whenRemoved: Unsupported value: true: supported values: "kept"'],
  ['an option', argocd(untyped({ runs: 'once' })), 'gitops.runs: Unknown field: known are run, start, pause, cleanUp, whenRemoved, order, health'],
  ['an option that every object has', flux(untyped({ toString: 'once' })), 'gitops.toString: Unknown field: '],
])('%s that there is not is refused, for it would do nothing', (_, gitops, sentence) => {
  const chart = newChart();
  new NonParallelJob(chart, 'job', { ...named, gitops });
  const said = refusal(() => synth(chart));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(sentence);
  const scope = newChart();
  gitops.applyTo(scope);
  new NonParallelJob(scope, 'job', named);
  expect(refusal(() => synth(scope))).toEqual(said);
});
