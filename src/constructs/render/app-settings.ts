import type { App } from 'cdk8s';

/** Whether an app shall write which construct each object comes from, which cdk8s keeps private; undefined where it does not say. */
export function recordsConstructs(app: App): boolean | undefined {
  const { recordConstructMetadata: answer } = app as unknown as { readonly recordConstructMetadata?: unknown };
  return typeof answer === 'boolean' ? answer : undefined;
}
