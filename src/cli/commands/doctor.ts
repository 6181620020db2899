import { Option, type Command } from 'commander';
import type { KubernetesCluster } from '../../runtime/kubernetes-cluster';
import { ClusterError } from '../../spec/cluster-port';
import { addClusterOptions, type ClusterFlags, openRealCluster } from '../cluster-call';
import type { CommandCall, CommandDefinition } from '../command';
import { type Right, rightsFor } from '../rights';

/** `doctor`: whether `run` can work here. */
export const doctorCommand: CommandDefinition = { define, run };

interface Check {
  readonly name: string;
  readonly result: 'ok' | 'warning' | 'failed';
  readonly detail: string;
}

/** Fields of Jobs, with the version from which they are on by default. */
const features: ReadonlyArray<readonly [field: string, minor: number]> = [
  ['suspend', 24], ['completionMode Indexed', 24], ['podFailurePolicy', 26], ['backoffLimitPerIndex', 29], ['podReplacementPolicy', 29],
  ['successPolicy', 31], ['managedBy', 32],
];
/** The oldest version that this package answers for. */
const oldestMinor = 31;

function define(command: Command): void {
  addClusterOptions(command).addOption(new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'));
}

async function run({ options, context }: CommandCall): Promise<number> {
  const flags = options as unknown as ClusterFlags & { readonly output: 'text' | 'json' };
  const port = await openRealCluster(flags, context.env);
  const { output } = context;
  try {
    const checks = await examine(port);
    if (flags.output === 'json') {output.line(JSON.stringify({ apiVersion: 'cdk8s-jobs/v1', kind: 'Doctor', cluster: port.description, checks }, null, 2));} else {
      const styles = { ok: 'green', warning: 'yellow', failed: 'red' } as const;
      for (const { name, result, detail } of checks) output.line(`${output.paint(styles[result], result.padEnd(8))}${name.padEnd(28)} ${detail}`);
    }
    return checks.some(({ result }) => result === 'failed') ? 125 : 0;
  } finally {
    await port.close();
  }
}

async function examine(port: KubernetesCluster): Promise<Check[]> {
  const place = `${port.description.name}, ${port.description.server}, namespace ${port.namespace}`;
  try {
    const { body } = await port.transport.call({ verb: 'read', target: 'the version', method: 'GET', path: '/version' });
    const { gitVersion = '', minor = '' } = body as { gitVersion?: string; minor?: string };
    const rights = await Promise.all(rightsFor(['run']).map((right) => checkRight(port, right)));
    return [{ name: 'cluster', result: 'ok', detail: place }, ...checkVersion(gitVersion, parseInt(minor, 10)), ...rights];
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return [{ name: 'cluster', result: 'failed', detail: `${place}: ${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}` }];
  }
}

function checkVersion(version: string, minor: number): Check[] {
  const isOld = minor < oldestMinor;
  const on = features.filter(([, since]) => minor >= since).map(([field]) => field);
  const off = features.filter(([, since]) => minor < since).map(([field]) => field);
  return [
    { name: 'version', result: isOld ? 'warning' : 'ok', detail: isOld ? `${version}: older than 1.${oldestMinor}, not tried` : version },
    { name: 'features', result: off.length > 0 ? 'warning' : 'ok', detail: off.length > 0 ? `missing: ${off.join(', ')}` : on.join(', ') },
  ];
}

async function checkRight(port: KubernetesCluster, { group, resource, verb, optional }: Right): Promise<Check> {
  const [plural = '', subresource] = resource.split('/');
  const resourceAttributes = { group, resource: plural, verb, namespace: port.namespace, ...(subresource === undefined ? {} : { subresource }) };
  const { body } = await port.transport.call({
    verb: 'review',
    target: `whether one may ${verb} ${resource}`,
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } },
  });
  const { status } = body as { status?: { allowed?: boolean; reason?: string } };
  const name = `${verb} ${resource}`;
  if (status?.allowed === true) return { name, result: 'ok', detail: '' };
  const reason = status?.reason === undefined || status.reason === '' ? 'not allowed' : status.reason;
  return optional === undefined
    ? { name, result: 'failed', detail: `${reason}; \`cdk8s-jobs rbac\` prints the Role` }
    : { name, result: 'warning', detail: `${reason}; without it: ${optional} stays unknown` };
}
