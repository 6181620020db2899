import { placeOfFinding, placeOfReviewed, type ReviewedObject, type ReviewReport } from './place-review';
import { type Finding, formatFinding } from '../../core/finding';
import { given } from '../../core/given';
import { outcomes } from '../../gitops/outcomes';

/** A review as data; docs/review.md describes it. */
export function reviewJson(report: ReviewReport, ok: boolean): object {
  const { review: { reviewed, others, otherChanges }, names: [base, head], gitops } = report;
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, reviewed.filter((one) => one.outcome === outcome).length]));
  return {
    apiVersion: 'cdk8s-jobs/v1',
    kind: 'Review',
    ok,
    base,
    head,
    gitops: gitops ?? null,
    counts,
    runForEver: reviewed.filter(({ runsForEver }) => runsForEver).length,
    newFindings: reviewed.reduce((count, { findings }) => count + findings.length, 0),
    others,
    otherChanges,
    objects: reviewed.map(objectJson),
  };
}

function objectJson(one: ReviewedObject): object {
  const { outcome, kind, namespace, name, oldName, runsForEver, after, before, changes, refusals, instead, notes, findings } = one;
  const oldFile = before !== undefined && after !== undefined && before.file !== after.file ? before.file : undefined;
  return {
    outcome,
    kind,
    ...given({ namespace }),
    name,
    ...given({ oldName }),
    ...placeOfReviewed(one),
    ...given({ oldFile }),
    runsForEver,
    changes: changes.map(({ field, from, to, isImmutable }) => ({ field, ...given({ from, to }), isImmutable })),
    refusals: refusals.map((finding) => findingJson(one, finding)),
    ...given({ instead }),
    notes,
    findings: findings.map((finding) => ({ severity: finding.severity, ...findingJson(one, finding) })),
  };
}

function findingJson(one: ReviewedObject, finding: Finding): object {
  const { rule, field, type, message } = finding;
  return { rule, field, type, message, text: formatFinding(finding), ...(one.after === undefined ? {} : placeOfFinding(one, field)) };
}
