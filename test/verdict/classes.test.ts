import { ended, going, isTrue, running, Story, unplaced, waiting } from './story';
import { judge } from '../../src/verdict/judge';

const startError = (message: string) => ended(128, 'StartError', { phase: 'Pending', message: `failed to create containerd task: ${message}: unknown` });
const nodes = (why: string) => unplaced(`0/1 nodes are available: 1 ${why} no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.`);
const refused = (message: string) => new Story().job(0).event(1, 'job', 'FailedCreate', `Error creating: pods "task-x" is forbidden: ${message}`);
const mountFails = (message: string) => new Story().job(0).pod(0, 'a', waiting('ContainerCreating')).event(1, 'a', 'FailedMount', `MountVolume.SetUp failed for volume "v" : ${message}`);
const stuck = (reason: string, message = '') => new Story().job(0).pod(1, 'a', waiting(reason, message));
const answered = (code: number, reason: string, message: string) => new Story().action(0, { do: 'create', kind: 'Job', name: 'task' }, { code, seconds: 0.5, body: { reason, message } });
const disrupted = (reason: string) => new Story().job(0).pod(0, 'a', running)
  .pod(1, 'a', { ...running, conditions: [isTrue('DisruptionTarget', reason)] })
  .pod(1.1, 'a', { ...running, conditions: [isTrue('DisruptionTarget', reason)] }, { metadata: going });
const restarted = (exitCode: number, reason: string, state: object) => ({
  phase: 'Running',
  containerStatuses: [{ name: 'main', restartCount: 1, state, lastState: { terminated: { exitCode, reason, containerID: 'containerd://0', finishedAt: '2026-11-23T20:00:02Z' } } }],
});
const onFailure = { spec: { restartPolicy: 'OnFailure' } };

test.each<[string, Story, string, string, number | null, number | null]>([
  // sentence, story, verdict, diagnosis, exit code, decided at
  ['an exit code counts when the Job gives up', new Story().job(0).pod(0, 'a', running).pod(1, 'a', ended(3)).gaveUp(2), 'Failed', 'NonZeroExit', 3, 2],
  ['an exit code of 128 is no signal', new Story().job(0).pod(1, 'a', ended(128)).gaveUp(2), 'Failed', 'NonZeroExit', 128, 2],
  ['143 is SIGTERM', new Story().job(0).pod(1, 'a', ended(143)).gaveUp(2), 'Failed', 'Signal', 143, 2],
  ['OOMKilled is known with the container, whatever its code', new Story().job(0).pod(1, 'a', ended(1, 'OOMKilled')).gaveUp(2), 'Failed', 'OOMKilled', 1, 1],
  ['OOMKilled with exit 0 fails a pod that failed of nothing else', new Story().job(0).pod(1, 'a', ended(0, 'OOMKilled', { phase: 'Failed' })).gaveUp(2), 'Failed', 'OOMKilled', 0, 1],
  ['OOMKilled with exit 0 in a pod that succeeded is a success', new Story().job(0).pod(1, 'a', ended(0, 'OOMKilled')).job(2, { conditions: [isTrue('SuccessCriteriaMet', 'CompletionsReached')] }), 'Complete', 'Succeeded', 0, 2],
  ['a missing program is known with the container', new Story().job(0).pod(1, 'a', startError('exec: "x": executable file not found in $PATH')).gaveUp(2), 'Failed', 'CommandNotFound', 128, 1],
  ['a missing file by its path', new Story().job(0).pod(1, 'a', startError('exec: "/x": stat /x: no such file or directory')).gaveUp(2), 'Failed', 'CommandNotFound', 128, 1],
  ['a program that may not be executed', new Story().job(0).pod(1, 'a', startError('exec: "/x": permission denied')).gaveUp(2), 'Failed', 'NotExecutable', 128, 1],
  ['a program of another machine', new Story().job(0).pod(1, 'a', startError('exec /x: exec format error')).gaveUp(2), 'Failed', 'NotExecutable', 128, 1],
  ['a memory limit too small to start', new Story().job(0).pod(1, 'a', startError('unable to set memory limit to 1 (current usage: 2)')).gaveUp(2), 'Failed', 'MemoryLimitTooSmall', 128, 1],
  ['OnFailure: a missing program is the last state of a container that waits to be started',
    new Story().job(0).pod(1, 'a', restarted(128, 'StartError', { waiting: { reason: 'RunContainerError', message: 'exec: "x": executable file not found in $PATH' } }), onFailure), 'Running', 'CommandNotFound', null, 1],
  ['OnFailure: the run before the one that the Job kills is the cause',
    new Story().job(0).pod(1, 'a', restarted(4, 'Error', { running: {} }), onFailure).pod(2, 'a', restarted(4, 'Error', { running: {} }), { ...onFailure, metadata: going }).gaveUp(2)
      .pod(3, 'a', restarted(4, 'Error', { terminated: { exitCode: 0, reason: 'Completed', containerID: 'containerd://1' } }), { ...onFailure, metadata: going }), 'Failed', 'NonZeroExit', 4, 2],
  ['a crash loop is said when the status shows it', new Story({ backoffLimit: 6 }).job(0).pod(1, 'a', restarted(1, 'Error', { running: {} }), onFailure)
    .pod(12, 'a', restarted(1, 'Error', { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' } }), onFailure), 'Running', 'CrashLoopBackOff', null, 12],
  ['a crash loop goes on while the next try runs', new Story({ backoffLimit: 6 }).job(0)
    .pod(12, 'a', restarted(1, 'Error', { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' } }), onFailure).pod(13, 'a', restarted(1, 'Error', { running: {} }), onFailure), 'Running', 'CrashLoopBackOff', null, 12],
  ['a crash loop for memory is a matter of memory', new Story({ backoffLimit: 6 }).job(0)
    .pod(12, 'a', restarted(137, 'OOMKilled', { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' } }), onFailure), 'Running', 'OOMKilled', null, 12],
  ['a failing liveness probe with Never is known by the end that follows', new Story().job(0).pod(0, 'a', running)
    .event(1, 'a', 'Unhealthy', 'Liveness probe failed: no', 'spec.containers{main}').event(2, 'a', 'Killing', 'Stopping container main', 'spec.containers{main}').pod(4, 'a', ended(137)).gaveUp(6), 'Failed', 'LivenessProbe', 137, 4],
  ['a probe of another container does not explain an end', new Story().job(0).pod(0, 'a', running)
    .event(1, 'a', 'Unhealthy', 'Liveness probe failed: no', 'spec.containers{other}').event(2, 'a', 'Killing', 'Stopping container other', 'spec.containers{other}').pod(4, 'a', ended(137)).gaveUp(6), 'Failed', 'Signal', 137, 6],
  ['an unready container is not a dead one', new Story().job(0).pod(0, 'a', running).event(1, 'a', 'Unhealthy', 'Readiness probe failed: no').pod(4, 'a', ended(137)).gaveUp(6), 'Failed', 'Signal', 137, 6],
  ['a postStart hook that fails is known by the end of the container', new Story().job(0)
    .event(0.6, 'a', 'FailedPostStartHook', 'PostStartHook failed').event(0.7, 'a', 'Killing', 'FailedPostStartHook').pod(3.5, 'a', ended(137, 'Error', { phase: 'Pending' })).gaveUp(6), 'Failed', 'PostStartHook', 137, 3.5],
  ['a pod has a deadline of its own', new Story().job(0).pod(7, 'a', { ...ended(137), reason: 'DeadlineExceeded' }).gaveUp(8), 'Failed', 'PodDeadline', 137, 7],
  ['a node refuses a pod: nothing ran', new Story().job(0).pod(0.02, 'a', { phase: 'Failed', reason: 'OutOfcpu', message: 'Pod was rejected: Node didn\'t have enough resource: cpu' }).gaveUp(2), 'Failed', 'NodeRejected', null, 0.02],
  ['a node refuses pod after pod', new Story({ backoffLimit: 6 }).job(0).pod(0.02, 'a', { phase: 'Failed', reason: 'SysctlForbidden', message: 'Pod was rejected: forbidden sysctl' })
    .pod(11, 'b', { phase: 'Failed', reason: 'SysctlForbidden', message: 'Pod was rejected: forbidden sysctl' }), 'Running', 'NodeRejected', null, 0.02],

  ['404', stuck('ErrImagePull', 'rpc error: x: not found'), 'Running', 'ImagePullBackOff', null, 1],
  ['the two words for a pull that fails are one state', stuck('ErrImagePull', 'not found').pod(9, 'a', waiting('ImagePullBackOff', 'Back-off')), 'Running', 'ImagePullBackOff', null, 1],
  ['the Events of a pull come too early', new Story().job(0).pod(0, 'a', waiting('ContainerCreating')).event(0.5, 'a', 'Failed', 'Error: ErrImagePull'), 'Running', 'Running', null, null],
  ['an image that is not on the node', stuck('ErrImageNeverPull'), 'Running', 'ErrImageNeverPull', null, 1],
  ['an image name that is none', stuck('InvalidImageName', 'couldn\'t parse image name "A"'), 'Running', 'InvalidImageName', null, 1],
  ['a ConfigMap in the environment', stuck('CreateContainerConfigError', 'configmap "x" not found'), 'Running', 'ConfigMissing', null, 1],
  ['a key of a ConfigMap', stuck('CreateContainerConfigError', 'couldn\'t find key b in ConfigMap default/settings'), 'Running', 'KeyMissing', null, 1],
  ['a user that must not be root', stuck('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root (pod: "a", container: main)'), 'Running', 'RunAsNonRoot', null, 1],
  ['another error of creation', stuck('CreateContainerError', 'context deadline exceeded'), 'Running', 'ContainerCannotStart', null, 1],
  ['a ConfigMap as a volume', mountFails('configmap "x" not found'), 'Running', 'ConfigMissing', null, 1],
  ['a Secret\'s key in a volume', mountFails('references non-existent secret key: b'), 'Running', 'KeyMissing', null, 1],
  ['another volume', mountFails('mount failed: exit status 32'), 'Running', 'VolumeMissing', null, 1],
  ['a cache that is not filled yet is no trouble', mountFails('failed to sync configmap cache: timed out waiting for the condition'), 'Running', 'Running', null, null],
  ['a mount that failed once is forgotten when the container runs', mountFails('configmap "x" not found').pod(8, 'a', running), 'Running', 'Running', null, null],
  ['a volume that was slow does not hide the one that is missing', mountFails('configmap "kube-root-ca.crt" not found')
    .event(1.1, 'a', 'FailedMount', 'MountVolume.SetUp failed for volume "w" : secret "x" not found').event(2, 'a', 'FailedMount', 'MountVolume.SetUp failed for volume "w" : secret "x" not found')
    .event(4, 'a', 'FailedMount', 'MountVolume.SetUp failed for volume "w" : secret "x" not found'), 'Running', 'SecretMissing', null, 1.1],
  ['a sandbox that cannot be made', new Story().job(0).pod(0, 'a', waiting('ContainerCreating')).event(1, 'a', 'FailedCreatePodSandBox', 'Failed to create pod sandbox: no runtime'), 'Running', 'SandboxFailed', null, 1],
  ['a sidecar of the old style goes on when main has ended', new Story().job(0).pod(5, 'a', {
    phase: 'Running',
    containerStatuses: [{ name: 'a-proxy', state: { running: {} } }, { name: 'main', state: { terminated: { exitCode: 0, containerID: 'c://1' } } }],
  }, { spec: { containers: [{ name: 'main' }, { name: 'a-proxy' }] } }), 'Running', 'SidecarKeepsRunning', null, 5],
  ['a helper that ends before main is no trouble', new Story().job(0).pod(5, 'a', {
    phase: 'Running',
    containerStatuses: [{ name: 'helper', state: { terminated: { exitCode: 0, containerID: 'c://1' } } }, { name: 'main', state: { running: {} } }],
  }, { spec: { containers: [{ name: 'main' }, { name: 'helper' }] } }), 'Running', 'Running', null, null],

  ['no room', new Story().job(0).pod(1, 'a', nodes('Insufficient cpu.')), 'Running', 'Unschedulable.Resources', null, 1],
  ['no node of an extended resource', new Story().job(0).pod(1, 'a', nodes('Insufficient example.com/gpu.')), 'Running', 'Unschedulable.Resources', null, 1],
  ['no label for the selector', new Story().job(0).pod(1, 'a', nodes('node(s) didn\'t match Pod\'s node affinity/selector.'), { spec: { nodeSelector: { disk: 'ssd' } } }), 'Running', 'Unschedulable.Selector', null, 1],
  ['no label for the affinity', new Story().job(0).pod(1, 'a', nodes('node(s) didn\'t match Pod\'s node affinity/selector.'), {
    spec: { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{}] } } } },
  }), 'Running', 'Unschedulable.Affinity', null, 1],
  ['too near to another pod', new Story().job(0).pod(1, 'a', nodes('node(s) didn\'t match pod anti-affinity rules.')), 'Running', 'Unschedulable.PodAffinity', null, 1],
  ['tainted', new Story().job(0).pod(1, 'a', nodes('node(s) had untolerated taint(s).')), 'Running', 'Unschedulable.Taint', null, 1],
  ['cordoned', new Story().job(0).pod(1, 'a', nodes('node(s) were unschedulable.')), 'Running', 'Unschedulable.Cordoned', null, 1],
  ['a tainted control plane does not hide that the workers are full', new Story().job(0).pod(1, 'a', unplaced('0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 Insufficient memory.')), 'Running', 'Unschedulable.Resources', null, 1],
  ['preemption that cannot help is not the cause', new Story().job(0).pod(1, 'a', unplaced('0/1 nodes are available: 1 node(s) were unschedulable. preemption: 0/1 nodes are available: 1 Insufficient cpu.')), 'Running', 'Unschedulable.Cordoned', null, 1],
  ['a claim that is not there', new Story().job(0).pod(1, 'a', unplaced('0/1 nodes are available: persistentvolumeclaim "x" not found. not found')), 'Running', 'VolumeMissing', null, 1],
  ['a claim that is not bound', new Story().job(0).pod(1, 'a', unplaced('0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found')), 'Running', 'VolumeUnbound', null, 1],
  ['a gate', new Story().job(0).pod(1, 'a', unplaced('Scheduling is blocked', 'SchedulingGated')), 'Running', 'SchedulingGated', null, 1],

  ['a quota', refused('exceeded quota: team, requested: pods=1, used: pods=0, limited: pods=0'), 'Running', 'QuotaExceeded', null, 1],
  ['a LimitRange', refused('maximum memory usage per Container is 64Mi, but limit is 128Mi'), 'Running', 'AdmissionRefused', null, 1],
  ['Pod Security', refused('violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false'), 'Running', 'AdmissionRefused', null, 1],
  ['a policy', refused('ValidatingAdmissionPolicy \'p\' with binding \'b\' denied request: no'), 'Running', 'AdmissionRefused', null, 1],
  ['a service account', refused('error looking up service account default/x: serviceaccount "x" not found'), 'Running', 'ServiceAccountMissing', null, 1],
  ['a priority class', refused('no PriorityClass with name x was found'), 'Running', 'PriorityClassMissing', null, 1],
  ['a refusal is over when a pod is let in', refused('exceeded quota: team').pod(15, 'a', running), 'Running', 'Running', null, null],
  ['pods that wait for the Job\'s own others are no trouble', new Story().job(0).pod(0, 'a', running).event(1, 'job', 'FailedCreate', 'exceeded quota: team'), 'Running', 'Running', null, null],

  ['an eviction', disrupted('EvictionByEvictionAPI').gaveUp(2), 'Failed', 'Evicted', null, 1],
  ['a preemption', disrupted('PreemptionByScheduler').gaveUp(2), 'Failed', 'Preempted', null, 1],
  ['a taint that spread', disrupted('DeletionByTaintManager').gaveUp(2), 'Failed', 'NodeLost', null, 1],
  ['a node that is gone', disrupted('DeletionByPodGC').gaveUp(2), 'Failed', 'NodeLost', null, 1],
  ['a node that does not answer', new Story().job(0).pod(0, 'a', running).pod(44, 'a', { ...running, conditions: [{ type: 'Ready', status: 'False' }] })
    .event(44.1, 'a', 'NodeNotReady', 'Node is not ready'), 'Running', 'NodeLost', null, 44.1],
  ['a node that never was takes pod after pod', new Story({ backoffLimit: 6 }).job(0)
    .pod(17, 'a', { phase: 'Failed', conditions: [isTrue('DisruptionTarget', 'DeletionByPodGC')] }, { spec: { nodeName: 'ghost' }, metadata: going, type: 'DELETED' })
    .pod(27, 'b', { phase: 'Pending' }, { spec: { nodeName: 'ghost' } }), 'Running', 'NodeLost', null, 17],
  ['another node is not lost with it', disrupted('DeletionByPodGC').pod(4, 'b', { phase: 'Pending' }, { spec: { nodeName: 'second' } }), 'Running', 'Running', null, null],
  ['an eviction by the kubelet', new Story().job(0).pod(1, 'a', { ...ended(137), reason: 'Evicted', message: 'The node was low on resource: memory' }).gaveUp(2), 'Failed', 'Evicted', 137, 1],
  ['a pod deleted by hand, with the code of its end', new Story().job(0).pod(0, 'a', running).pod(1, 'a', running, { metadata: going }).gaveUp(1.5).pod(4, 'a', ended(137), { metadata: going }), 'Failed', 'PodDeleted', 137, 1],
  ['a deletion whose line comes after the Job\'s', new Story().job(0).pod(0, 'a', running).gaveUp(1.5).pod(1.51, 'a', running, { metadata: going }), 'Failed', 'PodDeleted', null, 1.5],
  ['a pod that the Job deleted itself is no cause', new Story().job(0).pod(0, 'a', running).pod(1, 'a', running, { metadata: going }).event(1.2, 'job', 'SuccessfulDelete', 'Deleted pod: a').gaveUp(1.5), 'Failed', 'Unknown', null, 1.5],

  ['the deadline, when the pods were at work', new Story().job(0).pod(0, 'a', running).pod(4, 'a', running, { metadata: going }).gaveUp(4, 'DeadlineExceeded').pod(6, 'a', ended(137), { metadata: going }), 'Failed', 'DeadlineExceeded', null, 4],
  ['a deadline is not the cause of a quota', refused('exceeded quota: team').gaveUp(8, 'DeadlineExceeded'), 'Failed', 'QuotaExceeded', null, 1],
  ['a deadline is not the cause of a missing Secret', stuck('CreateContainerConfigError', 'secret "x" not found').pod(7.9, 'a', waiting('CreateContainerConfigError', 'secret "x" not found'), { metadata: going })
    .gaveUp(8, 'DeadlineExceeded').pod(9, 'a', ended(137, 'ContainerStatusUnknown'), { metadata: going }), 'Failed', 'SecretMissing', null, 1],
  ['a deadline is not the cause of retries', new Story({ backoffLimit: 6 }).job(0).pod(1, 'a', ended(7)).pod(11, 'b', running).pod(12, 'b', running, { metadata: going }).gaveUp(12, 'DeadlineExceeded'), 'Failed', 'NonZeroExit', 7, 12],
  ['a pod that was deleted for a suspension is no cause', new Story().job(0).pod(0, 'a', running).job(1, {}, { spec: { suspend: true } }).pod(1.1, 'a', running, { metadata: going })
    .job(3, {}, { spec: { suspend: false } }).pod(3, 'b', ended(5)).gaveUp(5), 'Failed', 'NonZeroExit', 5, 5],

  ['a rule that fails the Job names the container', new Story().job(0).pod(1, 'a', ended(42)).pod(1.5, 'b', ended(9))
    .gaveUp(2, 'PodFailurePolicy', 'Container main for pod default/a failed with exit code 42 matching FailJob rule at index 0'), 'Failed', 'NonZeroExit', 42, 2],
  ['a rule on a condition', disrupted('EvictionByEvictionAPI').gaveUp(2, 'PodFailurePolicy', 'Pod default/a has condition DisruptionTarget matching FailJob rule at index 1'), 'Failed', 'Evicted', null, 1],
  ['of many indexes the failed one is the cause, not those that were killed with it', new Story({ completionMode: 'Indexed', completions: 2, parallelism: 2 }).job(0)
    .pod(1, 'a', ended(5), { metadata: { annotations: { 'batch.kubernetes.io/job-completion-index': '1' } } })
    .pod(2, 'b', running, { metadata: { annotations: { 'batch.kubernetes.io/job-completion-index': '0' }, ...going } }).gaveUp(2)
    .pod(4, 'b', ended(137), { metadata: { annotations: { 'batch.kubernetes.io/job-completion-index': '0' }, ...going } }), 'Failed', 'NonZeroExit', 5, 2],
  ['an index that succeeded after all is not the cause', new Story({ completionMode: 'Indexed', completions: 2, parallelism: 2 }).job(0)
    .pod(1, 'a', ended(5), { metadata: { annotations: { 'batch.kubernetes.io/job-completion-index': '1' } } })
    .pod(3, 'b', ended(6), { metadata: { annotations: { 'batch.kubernetes.io/job-completion-index': '0' } } })
    .pod(2, 'c', ended(8), { metadata: { annotations: { 'batch.kubernetes.io/job-completion-index': '0' } } })
    .job(9, { completedIndexes: '1', failedIndexes: '0', conditions: [isTrue('FailureTarget', 'FailedIndexes')] }), 'Failed', 'NonZeroExit', 6, 9],

  ['deleted in the foreground', new Story().job(0).pod(0, 'a', running).job(2, { active: 1 }, { metadata: going }), 'Deleted', 'Deleted', null, 2],
  ['gone at once', new Story().job(0).job(2, {}, { type: 'DELETED' }), 'Deleted', 'Deleted', null, 2],
  ['the last state of a Job that is gone still counts', new Story().job(0).pod(1, 'a', ended(9)).failed(3, 'BackoffLimitExceeded', '', { type: 'DELETED' }), 'Failed', 'NonZeroExit', 9, 3],
  ['a finalizer of somebody else: a pod that ends well is not counted any more', new Story().job(0).job(2, {}, { metadata: { ...going, finalizers: ['example.com/hold'] } }).pod(3, 'a', ended(0)), 'Deleted', 'Deleted', null, 2],
  ['a new Job of its name', new Story().job(0).job(2, {}, { type: 'DELETED' }).job(2.1, {}, { metadata: { uid: 'job-2' } }), 'Deleted', 'Replaced', null, 2.1],
  ['a new Job of its name, whose predecessor\'s end was missed', new Story().job(0).job(2.1, {}, { metadata: { uid: 'job-2' } }), 'Deleted', 'Replaced', null, 2.1],
  ['replaced by its CronJob', new Story({}, { ownerReferences: [{ kind: 'CronJob', uid: 'cron-1' }] }).cronJob(0, { concurrencyPolicy: 'Replace' }).job(1).job(60, {}, { type: 'DELETED' })
    .job(60.1, {}, { metadata: { uid: 'job-2', name: 'task-2' } }), 'Deleted', 'Replaced', null, 60.1],
  ['with its namespace, by our own request', new Story().job(0).action(1, { do: 'delete', kind: 'Namespace', name: 'default' }, { code: 200 }).job(9, {}, { type: 'DELETED' }), 'Deleted', 'NamespaceDeleted', null, 9],

  ['suspended', new Story({ suspend: true }).job(0).job(0.1, { conditions: [isTrue('Suspended', 'JobSuspended')] }), 'Suspended', 'Suspended', null, 0],
  ['resumed: the condition stays as False', new Story().job(0, { conditions: [{ type: 'Suspended', status: 'False', reason: 'JobResumed' }] }), 'Running', 'Running', null, null],
  ['a CronJob is suspended', new Story().cronJob(0, { suspend: true }), 'Suspended', 'Suspended', null, 0],
  ['a Job of somebody else has the name that a CronJob needs', new Story({}, { name: 'nightly-29924384' }).cronJob(0).job(1), 'Running', 'CronNameTaken', null, 1],
  ['parallelism 0', new Story({ parallelism: 0 }).job(0), 'Running', 'ParallelismZero', null, 0],
  ['another controller', new Story({ managedBy: 'example.com/other' }).job(0), 'Running', 'ManagedByOther', null, 0],
  ['another controller that has begun', new Story({ managedBy: 'example.com/other' }).job(0, { startTime: '2026-11-23T20:00:00Z' }), 'Running', 'Running', null, null],
  ['the own controller by its name', new Story({ managedBy: 'kubernetes.io/job-controller' }).job(0), 'Running', 'Running', null, null],

  ['the API server finds it invalid', answered(422, 'Invalid', 'Job.batch "task" is invalid: spec.backoffLimit: Invalid value: -1'), 'Refused', 'Invalid', null, 0.5],
  ['a policy says Invalid and means forbidden', answered(422, 'Invalid', 'jobs.batch "task" is forbidden: ValidatingAdmissionPolicy \'p\' denied request: no'), 'Refused', 'AdmissionRefused', null, 0.5],
  ['a webhook', answered(403, 'Forbidden', 'admission webhook "x" denied the request: no'), 'Refused', 'AdmissionRefused', null, 0.5],
  ['a quota on Jobs', answered(403, 'Forbidden', 'jobs.batch "task" is forbidden: exceeded quota: team, requested: count/jobs.batch=1'), 'Refused', 'QuotaExceeded', null, 0.5],
  ['the name is taken: the Job on the watch is not ours', answered(409, 'AlreadyExists', 'jobs.batch "task" already exists').job(1, { conditions: [isTrue('Complete', 'CompletionsReached')] }), 'Refused', 'AlreadyExists', null, 0.5],
  ['a field that nobody knows', answered(400, 'BadRequest', 'strict decoding error: unknown field "spec.x"'), 'Refused', 'Invalid', null, 0.5],

  ['nothing was asked for', new Story({ completions: 0 }).job(0).job(1, { conditions: [isTrue('Complete', 'CompletionsReached')] }), 'Complete', 'Succeeded', null, 1],
  ['it had ended before the watch began', new Story().job(0, { conditions: [isTrue('SuccessCriteriaMet', 'CompletionsReached'), isTrue('Complete', 'CompletionsReached')] }), 'Complete', 'Succeeded', 0, 0],
  ['it had failed before the watch began', new Story().pod(0, 'a', ended(2)).failed(0), 'Failed', 'NonZeroExit', 2, 0],
  ['gone by its ttl after success', new Story({ ttlSecondsAfterFinished: 0 }).job(0).job(1, { conditions: [isTrue('Complete', 'CompletionsReached')] }, { type: 'DELETED' }), 'Complete', 'Succeeded', 0, 1],
  ['an exit code of 0 is no success before the Job says so', new Story().job(0).pod(1, 'a', ended(0)), 'Running', 'Running', null, null],
  ['nothing was seen', new Story(), 'Running', 'Running', null, null],
])('%s', (_sentence, { lines }, verdict, diagnosis, exitCode, decidedAt) => {
  const said = judge(lines);
  expect([said.verdict, said.diagnosis, said.exitCode, said.decidedAt]).toEqual([verdict, diagnosis, exitCode, decidedAt]);
});
