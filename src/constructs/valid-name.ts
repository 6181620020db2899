/**
 * A name that cdk8s made from a construct's path, made valid: cdk8s keeps `_`, `.` and leading dashes, which the API server refuses.
 *
 * Characters that a DNS label does not have become `-`; what is too long loses its beginning, as cdk8s does, so that the hash stays.
 */
export function validName(generated: string, maxLength: number): string {
  const label = generated.toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/-{2,}/g, '-').replace(/^-+|-+$/g, '');
  return label.slice(-maxLength).replace(/^-+/, '');
}
