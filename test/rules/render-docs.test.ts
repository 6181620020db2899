import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRules, ruleChapters } from '../../src/rules/all-rules';
import { explain } from '../../src/rules/explain';
import { renderRuleDocs } from '../../src/rules/render-docs';

test('docs/rules.md is the table: run `npx projen generate` when this fails', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'rules.md'), 'utf8')).toBe(renderRuleDocs(ruleChapters));
});

describe('explain', () => {
  test.each(allRules.map(({ id }) => [id]))('says what %s is', (id) => {
    expect(explain(id)).toEqual({ kind: 'rule', text: expect.stringContaining(id) });
  });

  test.each([
    ['job.spec.backoffLimit', 'backoff-limit-not-negative'],
    ['spec.template.spec.containers[0].env[1].name', 'env-name-given'],
    ['spec.schedule', 'schedule-parses'],
    ['cronjob.spec.jobTemplate.spec.completions', 'indexed-needs-completions'],
  ])('says of the field %s that %s blames it', (path, id) => {
    expect(explain(path)).toEqual({ kind: 'field', text: expect.stringContaining(id) });
  });

  test('says since when a field is there, and what it may be', () => {
    expect(explain('spec.scheduling')).toEqual({ kind: 'field', text: expect.stringContaining('since Kubernetes 1.37') });
    expect(explain('spec.completionMode')).toEqual({ kind: 'field', text: expect.stringContaining('one of: Indexed, NonIndexed') });
  });

  test('suggests what was perhaps meant', () => {
    expect(explain('paralelism-not-negative')).toEqual({ kind: 'unknown', suggestion: 'parallelism-not-negative' });
    expect(explain('spec.__proto__')).toEqual({ kind: 'unknown' });
  });
});
