import { failureClasses } from './classes';
import type { Diagnosis } from './diagnosis';
import {
  containerSpec, endedWithIt, isLogLost, lastWords, memoryLimit, output, quoted, type Situation, templateHasMemoryLimit, theContainer,
  whatFollowed, whatIsGone,
} from './hint-words';
import { countNotSuspended } from './pods-in';
import { queueHints } from './queue-hints';
import { number, record, records, text, texts } from './read';
import { signalOf } from './run';
import { resumerOf } from '../api/kueue';
import { foregroundFinalizer, orphanFinalizer } from '../api/labels';

type Advice = (situation: Situation) => string;

/** What to do about the cause, in one or two sentences. */
export function hintFor(situation: Situation): string {
  const { cause, reason } = situation;
  const late = reason === 'DeadlineExceeded' && failureClasses[cause.code].couldNotStart ? ' The deadline of the Job passed meanwhile.' : '';
  return `${hints[cause.code](situation)}${late}`;
}

/** How an output is written. */
export const outputHint = 'A container writes outputs as lines NAME=VALUE to /dev/termination-log, at most 4 KiB in all, and exits with 0.';

/** One piece of advice for each code. */
const hints: Readonly<Record<Diagnosis, Advice>> = {
  'Succeeded': succeeded,
  'Running': () => 'Nothing is wrong so far.',
  'NotStarted': () => '',
  'OutputMissing': () => outputHint,
  'Suspended': suspended,
  ...queueHints,
  'Deleted': deleted,
  'NamespaceDeleted': ({ job }) => `The namespace ${job?.namespace ?? ''} was deleted, and the Job with it.`,
  'Replaced': ({ cause }) => `${sentence(cause.detail)} Follow the new one.`,
  'NonZeroExit': badExit,
  'Signal': (situation) => {
    const signal = signalOf(situation.cause.exitCode ?? situation.cause.run?.exitCode ?? 0) ?? 'a signal';
    return `${sentence(`${theContainer(situation)} was ended by ${signal}, not for memory; ${whatFollowed(situation)}`)}${logRemark(situation)}`;
  },
  'OOMKilled': outOfMemory,
  'MemoryLimitTooSmall': (situation) => `The memory limit${memoryLimit(situation)} is too small to start a container: raise resources.limits.memory.`,
  'CommandNotFound': (situation) => isInShell(situation)
    ? `Exit code 127: the shell of ${theContainer(situation)} did not find a program.${logRemark(situation)}`
    : `There is no program "${programOf(situation)}" in the image: check command and image.`,
  'NotExecutable': (situation) => isInShell(situation)
    ? `Exit code 126: the shell of ${theContainer(situation)} may not execute the file.${logRemark(situation)}`
    : `"${programOf(situation)}" cannot be executed: set its mode (defaultMode 0755 for a ConfigMap), or call it with its interpreter.`,
  'InitContainerFailed': (situation) => `${sentence(`${theContainer(situation)} ${exited(situation)}; the main container never ran`)}${logRemark(situation)}`,
  'LivenessProbe': (situation) => sentence(`the kubelet killed ${theContainer(situation)} because its liveness or startup probe failed: check the probe, or give it more time`),
  'PostStartHook': (situation) => sentence(`the kubelet killed ${theContainer(situation)} because its postStart hook failed`),
  'PodDeadline': ({ cause }) => `The pod was ended by its own activeDeadlineSeconds${suffix(number(cause.pod?.latest, 'spec', 'activeDeadlineSeconds'))}: raise it.`,
  'DeadlineExceeded': deadline,
  'NodeRejected': ({ cause }) => `The node refused the pod: ${cause.detail}`,
  'NodeLost': ({ cause }) => `The node of the pod${suffix(text(cause.pod?.latest, 'spec', 'nodeName'))} was lost.`,
  'CrashLoopBackOff': (situation) => `${sentence(`${theContainer(situation)} fails again and again`)}${logRemark(situation)}`,
  'ImagePullBackOff': image,
  'ErrImageNeverPull': (situation) => `Image ${imageOf(situation)} is not on the node and imagePullPolicy is Never: load it there, or allow to pull it.`,
  'InvalidImageName': (situation) => `"${imageOf(situation)}" is no image name: write registry/repository:tag in lower case.`,
  'ConfigMissing': ({ cause }) => `Create ConfigMap "${quoted(afterWord(cause.detail, 'configmap'), 'that it names')}".`,
  'SecretMissing': ({ cause }) => `Create Secret "${quoted(afterWord(cause.detail, 'secret'), 'that it names')}".`,
  'KeyMissing': keyMissing,
  'RunAsNonRoot': () => 'The image runs as root, which runAsNonRoot forbids: set securityContext.runAsUser, or use an image with another user.',
  'VolumeMissing': ({ cause }) => `The volume cannot be had: ${cause.detail}`,
  'VolumeUnbound': () => 'The PersistentVolumeClaim is not bound: look at its Events and its storage class.',
  'SandboxFailed': ({ cause }) => `The node cannot make the pod's sandbox: ${cause.detail}`,
  'SidecarNotStarted': (situation) => `Sidecar "${situation.cause.container ?? ''}" fails again and again, so the main container never starts.${logRemark(situation)}`,
  'SidecarKeepsRunning': ({ cause }) => `The main container has ended, "${cause.container ?? ''}" has not: make it an init container with restartPolicy Always, a native sidecar.`,
  'Unschedulable.Resources': ({ cause }) => `No node has room for the pod (${cause.detail}): lower resources.requests, or add a node.`,
  'Unschedulable.Selector': ({ cause }) => `No node has the labels of nodeSelector ${JSON.stringify(record(cause.pod?.latest, 'spec', 'nodeSelector'))}.`,
  'Unschedulable.Affinity': () => 'No node fits the required nodeAffinity of the pod.',
  'Unschedulable.PodAffinity': ({ cause }) => `No node fits the affinity, anti-affinity or spread of the pod to other pods (${cause.detail}).`,
  'Unschedulable.Taint': () => 'The nodes have taints that the pod does not tolerate: look at spec.taints of the nodes, then set tolerations.',
  'Unschedulable.Cordoned': () => 'The nodes take no new pods: kubectl uncordon them.',
  'SchedulingGated': ({ cause }) => `The pod waits for its scheduling gates to be removed: ${gates(cause.pod?.latest)}.`,
  'QuotaExceeded': quota,
  'AdmissionRefused': ({ cause }) => `The API server refuses it: ${policyWords(cause.detail)}`,
  'ServiceAccountMissing': ({ cause }) => `Create ServiceAccount "${quoted(afterWord(cause.detail, 'serviceaccount'), 'that it names')}".`,
  'PriorityClassMissing': ({ cause }) => `PriorityClass "${/with name (\S+) was/.exec(cause.detail)?.[1] ?? 'that it names'}" does not exist.`,
  'RuntimeClassMissing': ({ cause }) => `RuntimeClass "${quoted(afterWord(cause.detail, 'RuntimeClass'), 'that it names')}" does not exist.`,
  'PodDeleted': (situation) => sentence(`the pod was deleted by somebody; ${whatFollowed(situation)}`),
  'Evicted': (situation) => sentence(`the pod was evicted; ${whatFollowed(situation)}. A podFailurePolicy that ignores DisruptionTarget does not count this`),
  'Preempted': (situation) => sentence(`the pod had to make room for one of higher priority; ${whatFollowed(situation)}`),
  'ParallelismZero': () => 'parallelism is 0, so no pod is started: raise it.',
  'ManagedByOther': ({ job }) => `The Job is left to controller ${text(job?.spec, 'managedBy') ?? ''}, which has not begun: is it installed?`,
  'Invalid': ({ cause }) => `The API server finds the manifest invalid: ${cause.detail}`,
  'AlreadyExists': ({ cause }) => `The name is taken: ${cause.detail}`,
  'CronNameTaken': ({ cause }) => `${cause.detail}, but has the name that the CronJob needs at its tick: delete or rename it.`,
  'ContainerCannotStart': ({ cause }) => `The container cannot be started: ${cause.detail}`,
  'Unknown': ({ cause, reason }) => `The Job failed with ${reason ?? 'no reason'} before a pod of it was observed${suffix(cause.detail)}.`,
};

function succeeded({ history, job }: Situation): string {
  if (job === undefined) return 'Nothing to do.';
  if (number(job.spec, 'completions') === 0) return 'Nothing was asked for, so the Job is complete without a pod.';
  const { sum } = history.podsOf(job);
  const killed = sum.outOfMemory?.runs.find(({ reason }) => reason === 'OOMKilled');
  if (killed !== undefined) return `Succeeded, but a process of container "${killed.container}" was killed for memory: look at its limit.`;
  const lost = countNotSuspended(job, sum, 'failed');
  return lost > 0 ? `Succeeded; ${lost === 1 ? 'one pod' : `${lost} pods`} failed on the way.` : 'Nothing to do: the Job succeeded.';
}

function suspended({ job }: Situation): string {
  if (job === undefined) return 'The CronJob is suspended: set spec.suspend to false.';
  const resumer = resumerOf(job.latest);
  if (resumer?.by === 'controller') return `Controller ${resumer.name} decides when the Job runs.`;
  if (resumer?.by === 'owner') return `The owner of the Job, ${resumer.name}, decides when it runs.`;
  const place = job.namespace === 'default' ? '' : ` -n ${job.namespace}`;
  return `Resume the Job with: cdk8s-jobs resume ${job.name}${place}; or set spec.suspend to false.`;
}

function deleted({ job }: Situation): string {
  const foreign = texts(job?.latest, 'metadata', 'finalizers').filter((name) => name !== foregroundFinalizer && name !== orphanFinalizer);
  const held = foreign.length > 0 ? ` Finalizer ${foreign.join(', ')} holds it in sight, but its controller has stopped.` : '';
  const orphaned = texts(job?.latest, 'metadata', 'finalizers').includes(orphanFinalizer) ? ' Its pods go on, and nobody counts them.' : '';
  return `Somebody deleted the Job before it had ended.${held}${orphaned}`;
}

function badExit(situation: Situation): string {
  const what = sentence(`${theContainer(situation)} ${exited(situation)}; ${whatFollowed(situation)}${endedWithIt(situation)}`);
  const isFull = /no space left on device/i.test(output(situation));
  const remark = isFull ? ' Its log says "No space left on device": look at the sizeLimit of its emptyDir volumes.' : logRemark(situation);
  return `${what}${remark}${whatIsGone(situation)}`;
}

function exited({ cause }: Situation): string {
  const code = cause.exitCode ?? cause.run?.exitCode;
  return code === undefined ? 'failed' : `exited ${code}`;
}

function outOfMemory(situation: Situation): string {
  const { cause } = situation;
  const hidden = cause.exitCode !== undefined && cause.exitCode !== 137 ? `; exit code ${cause.exitCode} hides it` : '';
  const from = templateHasMemoryLimit(situation) || memoryLimit(situation) === '' ? '' : ', which a LimitRange put in';
  return sentence(`a process of ${theContainer(situation)} was killed for memory at its limit${memoryLimit(situation)}${from}${hidden}: raise resources.limits.memory`);
}

function deadline({ cause }: Situation): string {
  if (cause.exitCode === 0) return 'The container had exited 0, but too shortly before the deadline to be counted: allow a few seconds more.';
  const afterwards = cause.pod?.runs.some(({ endedByItself, exitCode }) => !endedByItself && exitCode === 0) ?? false;
  if (afterwards) return 'The deadline passed; that the container exited 0 when it was told to end does not make the Job a success.';
  const isDead = cause.pod?.disruptions.some(({ reason }) => reason === 'DeletionByPodGC') ?? false;
  return isDead ? 'The deadline passed while the pod sat on a dead node.' : 'The Job was still at work when activeDeadlineSeconds passed: raise it, or make the work shorter.';
}

function image(situation: Situation): string {
  const { cause, history } = situation;
  const secrets = cause.pod === undefined ? [] : history.eventsOf(cause.pod.uid).of('FailedToRetrieveImagePullSecret');
  const missing = /secrets \(([^)]*)\)/.exec(secrets[0]?.message ?? '')?.[1];
  if (missing !== undefined) return `The pull secret "${missing}" does not exist.`;
  if (/unauthorized|forbidden|denied|authorization failed/i.test(cause.detail)) return `The registry refuses ${imageOf(situation)} without credentials: set imagePullSecrets.`;
  if (/not found|manifest unknown/i.test(cause.detail)) return `Image ${imageOf(situation)} does not exist in its registry: check name and tag.`;
  if (cause.container === undefined) return cause.detail;
  return `Image ${imageOf(situation)} cannot be pulled${cause.canHeal === true ? ' at the moment' : ''}: ${cause.detail}`;
}

function keyMissing({ cause }: Situation): string {
  const named = /key (\S+) in (ConfigMap|Secret) (?:[^/\s]+\/)?(\S+)/.exec(cause.detail);
  if (named !== null) return `${named[2] ?? ''} "${named[3] ?? ''}" has no key "${named[1] ?? ''}".`;
  const kind = /secret key/i.test(cause.detail) ? 'Secret' : 'ConfigMap';
  const volume = quoted(afterWord(cause.detail, 'volume'), '');
  const source = records(cause.pod?.latest, 'spec', 'volumes').find(({ name }) => name === volume);
  const name = text(source, 'configMap', 'name') ?? text(source, 'secret', 'secretName');
  return `${kind}${name === undefined ? '' : ` "${name}"`} has no key "${/key: (\S+)/.exec(cause.detail)?.[1] ?? ''}".`;
}

function quota({ cause }: Situation): string {
  const over = /exceeded quota: ([^,]+), requested: (.+?), used: (.+?), limited: (.+)$/.exec(cause.detail);
  if (over !== null) return `Quota "${over[1] ?? ''}" allows ${over[4] ?? ''}; ${over[3] ?? ''} is used and ${over[2] ?? ''} is asked for.`;
  const unset = /failed quota: ([^:]+): must specify (.+)$/.exec(cause.detail);
  return unset === null ? cause.detail : `Quota "${unset[1] ?? ''}" demands that every container says ${unset[2] ?? ''}.`;
}

function policyWords(detail: string): string {
  return /denied (?:the )?request: (.+)$/s.exec(detail)?.[1] ?? detail.replace(/^\S+ "[^"]*" is forbidden: /, '');
}

/** 126 and 127 with reason Error come from a shell; the runtime's own refusal is a StartError. */
function isInShell({ cause }: Situation): boolean {
  return cause.run !== undefined && cause.run.reason !== 'StartError' && cause.run.reason !== 'ContainerCannotRun';
}

function programOf(situation: Situation): string {
  const named = /exec: "([^"]+)"/.exec(situation.cause.run?.message ?? situation.cause.detail)?.[1];
  return named ?? texts(containerSpec(situation), 'command')[0] ?? 'of its command';
}

function imageOf(situation: Situation): string {
  return text(containerSpec(situation), 'image') ?? 'of the container';
}

function gates(pod: unknown): string {
  return records(pod, 'spec', 'schedulingGates').map((gate) => text(gate, 'name') ?? 'without a name').join(', ');
}

function logRemark(situation: Situation): string {
  const words = lastWords(situation);
  if (words !== '') return ` Its last words: "${words}".`;
  return isLogLost(situation) ? ' With restartPolicy Never pod and log stay.' : ' Read its log.';
}

function afterWord(words: string, word: string): string {
  const start = words.toLowerCase().lastIndexOf(`${word.toLowerCase()} "`);
  return start < 0 ? words : words.slice(start);
}

function suffix(value: number | string | undefined): string {
  return value === undefined || value === '' ? '' : ` ${value}`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;
}
