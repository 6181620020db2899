/** What the real Argo CD and the real kustomize-controller of Flux make of Jobs in Git: the table of the guide, row by row. */
import { testCluster } from './api';
import { startArgoCd } from './gitops/argo-cd';
import { gitOpsCases } from './gitops/cases';
import { startFlux } from './gitops/flux';
import { play } from './gitops/play';
import { buildArgoCd, buildKustomizeController } from './gitops/programs';
import type { GitOpsProgram } from './gitops/tool';
import { gitOpsTools, type GitOpsTool } from '../../src/api/gitops';

const cluster = testCluster();
const say = (line: string): void => void process.stderr.write(`${line}\n`);
/** The first build of both on two slow cores. */
const buildMs = 40 * 60_000;

const started: Partial<Record<GitOpsTool, GitOpsProgram>> = {};
beforeAll(async () => {
  started.argocd = await startArgoCd(cluster, await buildArgoCd(say));
  started.flux = await startFlux(cluster, await buildKustomizeController(say));
}, buildMs);
afterAll(async () => {
  for (const program of Object.values(started)) await program.stop();
});

const rows = gitOpsCases.flatMap(({ job, happens, ...each }) => gitOpsTools.flatMap((tool) => {
  const toolCase = each[tool];
  return toolCase === undefined ? [] : [{ tool, job, happens, toolCase, outcome: toolCase.outcome }];
}));

// They mostly wait, each in a namespace of its own, so that they run side by side.
test.concurrent.each(rows)('$tool, $job; $happens: $outcome', async ({ tool, happens, toolCase, outcome }) => {
  const program = started[tool];
  if (program === undefined) throw new Error(`${tool} has not started`);
  expect(await play(cluster, program, happens, toolCase)).toBe(outcome);
}, 5 * 60_000);
