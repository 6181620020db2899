/** The cases that the cluster suite plays with the real tools: the guide prints them, and the validator knows what goes wrong in them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitOpsTools } from '../../src/api/gitops';
import { validateManifest } from '../../src/rules/validate-manifest';
import { commitsOf, gitOpsCases } from '../cluster/gitops/cases';
import { filesOf } from '../cluster/gitops/committed';
import { gitOpsTable, tableMarks, withTable } from '../cluster/gitops/table';
import { objectsOf } from '../cluster/harness/objects';

test('the guide has the table as the cases have it', () => {
  const guide = readFileSync(join(__dirname, '../../docs/guide.md'), 'utf8');
  expect(withTable(guide)).toBe(guide);
});

test('a row says what is in Git, what happens, and what each tool makes of it', () => {
  const table = gitOpsTable([
    { job: 'a Job', happens: 'time passes', flux: { told: '`a: b`', outcome: 'runs for ever' } },
    { job: 'a Job', happens: 'its command changes', argocd: { outcome: 'in place' } },
  ]);
  expect(table.split('\n').slice(2, 4)).toEqual([
    '| a Job | time passes |  | **runs for ever**, with `a: b` |',
    '| a Job | its command changes | **in place** |  |',
  ]);
});

test('a page without a place for the table is refused', () => {
  expect(() => withTable(`text ${tableMarks.start}`)).toThrow('Cannot find the place of the table');
});

const played = gitOpsCases.flatMap(({ job, happens, ...each }) => gitOpsTools.flatMap((tool) => {
  const toolCase = each[tool];
  return toolCase === undefined ? [] : [{ tool, job, happens, toolCase, outcome: toolCase.outcome }];
}));

test.each(played)('$tool, $job; $happens: what runs for ever is an error beforehand, and nothing else is ($outcome)', ({ tool, happens, toolCase, outcome }) => {
  const written = commitsOf(happens, toolCase).flatMap((commit) => Object.values(filesOf(commit)).flatMap(objectsOf));
  const errors = written.filter(({ kind }) => kind === 'Job')
    .flatMap((manifest) => validateManifest(manifest, { gitops: tool })).filter(({ severity }) => severity === 'error');
  const field = 'spec.ttlSecondsAfterFinished';
  expect(errors).toEqual(outcome === 'runs for ever' ? [expect.objectContaining({ field })] : []);
});
