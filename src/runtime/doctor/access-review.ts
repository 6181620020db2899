import { type Check, reviewCall, toClusterError } from './doctor-check';
import { clusterCommands, type Right, rightsByCommand, rightsFor, type RightsOptions } from './rbac';
import { kueueGroup } from '../../api/kueue';
import { given } from '../../core/given';
import type { KubernetesCluster } from '../connection/kubernetes-cluster';

/** Asks for every right that a command of this package uses, one by one: what `run` needs, and what the others need. */
export async function checkRights(cluster: KubernetesCluster, options: RightsOptions): Promise<Check[]> {
  return Promise.all(questions(options).map((question) => checkRight(cluster, question)));
}

/** A right, and what is not possible without it. */
interface Question {
  readonly right: Right;
  readonly isNeeded: boolean;
  readonly loss: string;
}

/** What `run` needs, what it works better with, and what the other commands need. */
function questions(options: RightsOptions): Question[] {
  const ofRun = rightsFor(['run'], options).map((right) => ({
    right, isNeeded: right.loss === undefined, loss: right.loss ?? `run cannot ${deeds[right.verb] ?? right.verb} ${right.resource}`,
  }));
  const isAsked = ({ resource, verb }: Right): boolean => ofRun.some(({ right }) => right.resource === resource && right.verb === verb);
  const others = rightsFor(clusterCommands, options).filter((right) => !isAsked(right));
  return [...ofRun, ...others.map((right) => ({ right, isNeeded: false, loss: right.loss ?? lossOfOthers(right) }))];
}

function lossOfOthers({ resource, verb }: Right): string {
  const isSame = (right: Right): boolean => right.resource === resource && right.verb === verb && right.loss === undefined;
  const losers = clusterCommands.filter((command) => rightsByCommand[command]?.some(isSame) === true);
  const policy = resource === 'jobs' && verb === 'delete' ? ', --on-interrupt=delete' : '';
  return `these do not work: ${losers.join(', ')}${policy}`;
}

const deeds: Readonly<Record<string, string>> = { create: 'make', patch: 'apply', list: 'find', watch: 'follow' };

async function checkRight({ transport, namespace }: KubernetesCluster, { right, isNeeded, loss }: Question): Promise<Check> {
  const { group, resource: subject, verb } = right;
  const [resource = '', subresource] = subject.split('/');
  const resourceAttributes = { namespace, group, resource, verb, ...given({ subresource }) };
  const result = isNeeded ? 'failed' : 'warning';
  try {
    const call = reviewCall('authorization.k8s.io', 'SelfSubjectAccessReview', { resourceAttributes }, `whether we may ${verb} ${subject}`);
    const { body } = await transport.call(call);
    const { status } = body as { readonly status?: { readonly allowed?: boolean; readonly reason?: string } };
    if (status?.allowed === true) return { subject, verb, result: 'ok', detail: 'allowed' };
    const reason = status?.reason === undefined || status.reason === '' ? '' : ` (${status.reason})`;
    return { subject, verb, result, detail: `${loss}${reason}`, advice: adviceFor(isNeeded, right, namespace) };
  } catch (error) {
    return { subject, verb, result: 'warning', detail: `not known: ${toClusterError(error).message}` };
  }
}

function adviceFor(isNeeded: boolean, { group }: Right, namespace: string): string {
  const commands = isNeeded ? 'run' : clusterCommands.join(' ');
  const queues = group === kueueGroup ? ' --queues' : '';
  return `ask an administrator for the Role that this prints: cdk8s-jobs rbac ${commands} --namespace ${namespace}${queues}`;
}
