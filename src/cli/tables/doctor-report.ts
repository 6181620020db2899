import { columns } from './columns';
import type { DoctorReport } from '../../runtime/doctor/doctor';
import type { Check } from '../../runtime/doctor/doctor-check';
import type { Output } from '../terminal/output';

/** Writes what doctor found: a line for each check, the features, and whether `run` can work. */
export function renderDoctorReport(report: DoctorReport, output: Output): void {
  const rows = rowsOf(report);
  const lines = columns(rows.map(({ subject, detail }) => [subject, detail]));
  for (const [index, { result }] of rows.entries()) output.line(`${output.paint(styles[result], result.padEnd(resultWidth))}  ${lines[index] ?? ''}`);
  output.line();
  output.line(report.ok ? `run can work in namespace ${report.namespace}` : `run cannot work in namespace ${report.namespace}`);
  const advice = new Set(report.checks.filter(({ result }) => report.ok || result === 'failed').flatMap((check) => check.advice ?? []));
  for (const line of advice) output.line(`${output.paint('cyan', 'hint')}: ${line}`);
}

const styles = { ok: 'green', warning: 'yellow', failed: 'red' } as const;
const resultWidth = 'warning'.length;

interface Row {
  readonly subject: string;
  readonly result: Check['result'];
  readonly detail: string;
}

/** Rights to one kind with the same outcome share a line. */
function rowsOf({ checks, features, version }: DoctorReport): Row[] {
  const rows = new Map<string, { readonly check: Check; readonly verbs: string[] }>();
  for (const check of checks) {
    const key = `${check.subject}/${check.result}/${check.verb === undefined ? '' : check.detail}`;
    const row = rows.get(key) ?? { check, verbs: [] };
    rows.set(key, row);
    if (check.verb !== undefined) row.verbs.push(check.verb);
  }
  const found = [...rows.values()].map(({ check: { subject, result, detail }, verbs }) => ({
    subject, result, detail: verbs.length === 0 ? detail : result === 'ok' ? verbs.join(', ') : `${verbs.join(', ')}: ${detail}`,
  }));
  const off = features.filter(({ state }) => state === 'off')
    .map(({ field, since, otherwise }): Row => ({ subject: 'feature', result: 'warning', detail: `${field}: since ${since}; in ${version ?? ''} ${otherwise}` }));
  const on = features.filter(({ state }) => state !== 'off').map(({ field, state }) => (state === 'beta' ? `${field} (beta)` : field));
  return [...found, ...(on.length === 0 ? [] : [{ subject: 'features', result: 'ok' as const, detail: on.join('; ') }]), ...off];
}
