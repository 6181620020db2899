import { version as compiler } from 'typescript';

/** What was compared. */
export function versionLine(): string {
  return `cdk8s ${versionOf('cdk8s')}, cdk8s-plus-28 ${versionOf('cdk8s-plus-28')}, TypeScript ${compiler}, rules of Kubernetes 1.37`;
}

function versionOf(name: string): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the only way to the version of what is installed
  return (require(`${name}/package.json`) as { readonly version: string }).version;
}
