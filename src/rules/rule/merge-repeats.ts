import { type Finding } from '../../core/finding';

/**
 * The findings as the version lists them: since 1.37, causes with the same path, type, value and text are listed once; before, each one is.
 *
 * @source staging/src/k8s.io/apiserver/pkg/registry/rest/validate.go (v1.37)
 */
export function mergeRepeats(findings: Finding[], minor: number): Finding[] {
  if (minor < 37 || findings.length < 2) return findings;
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = keyOf(finding);
    return !seen.has(key) && seen.add(key);
  });
}

function keyOf({ rule, field, type, message, value, severity }: Finding): string {
  // Warnings and advice differ by their rule, errors by what the API server shows.
  return JSON.stringify([severity === 'error' ? '' : rule, field, type, message, value]);
}
