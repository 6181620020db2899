/** What is done to a Job once a pod of it runs. */
export type Interference = 'delete-job' | 'suspend-job' | 'delete-pod' | 'evict-pod' | 'delete-namespace';

/** A way in which a Job goes wrong on a real cluster, and what must be said about it. */
export interface FailureCase {
  /** What is wrong, as the end of the sentence "a Job with …". */
  readonly name: string;
  /** What somebody has created before. */
  readonly before?: readonly NamedObject[];
  readonly job: NamedObject;
  readonly whenRunning?: Interference;
  readonly verdict: 'Failed' | 'Running' | 'Refused' | 'Deleted' | 'Suspended';
  readonly diagnosis: string;
  /** The exit code of the container that decided; null when none did. */
  readonly exitCode: number | null;
  /** What `run` ends with. */
  readonly exitStatus: number;
  /** The code of the error that `run` rejects with where a creation is refused: it applies. */
  readonly runError?: string;
}

/** An object to create. */
export interface NamedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [field: string]: unknown;
}

/** What a case changes in a plain Job, which has one busybox container and no retry. */
interface Changes {
  readonly spec?: object;
  readonly pod?: object;
  readonly container?: object;
}

/** The failures; each is of another class, or shows the same class another way. */
export const failureCases: readonly FailureCase[] = [
  failed('a command that exits with 3', 'NonZeroExit', 3, run('exit 3')),
  failed('an exit code that its failure policy knows', 'NonZeroExit', 42, {
    ...run('exit 42'),
    spec: { backoffLimit: 6, podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }] } },
  }),
  failed('a command that dies of a signal', 'Signal', 139, run('sh -c "kill -SEGV \\$\\$"; exit $?')),
  failed('a command that needs more memory than its limit', 'OOMKilled', 137, {
    container: { command: ['tail', '/dev/zero'], resources: { limits: { memory: '16Mi' } } },
  }),
  { ...failed('a command that is not there', 'CommandNotFound', 128, { container: { command: ['no-such-command'] } }), exitStatus: 126 },
  failed('a command that its shell does not find', 'CommandNotFound', 127, run('no-such-command')),
  { ...failed('a command that may not be executed', 'NotExecutable', 128, { container: { command: ['/etc/passwd'] } }), exitStatus: 126 },
  failed('an init container that exits with 3', 'InitContainerFailed', 3, {
    pod: { initContainers: [{ ...plainContainer('init'), command: ['sh', '-c', 'exit 3'] }] },
  }),
  failed('a liveness probe that fails', 'LivenessProbe', 137, {
    container: {
      command: ['sh', '-c', 'sleep 1000'],
      livenessProbe: { exec: { command: ['false'] }, periodSeconds: 1, failureThreshold: 2, terminationGracePeriodSeconds: 1 },
    },
  }),
  failed('a post-start hook that fails', 'PostStartHook', 137, {
    container: { command: ['sh', '-c', 'sleep 1000'], lifecycle: { postStart: { exec: { command: ['false'] } } } },
  }),
  failed('a deadline of its pod', 'PodDeadline', 137, { ...run('sleep 1000'), pod: { activeDeadlineSeconds: 2 } }),
  {
    ...waits('a deadline of its own', 'DeadlineExceeded', { ...run('sleep 1000'), spec: { activeDeadlineSeconds: 3 } }),
    verdict: 'Failed',
    exitStatus: 124,
  },
  { ...failed('a pod that somebody deletes', 'PodDeleted', 137, run('sleep 1000')), whenRunning: 'delete-pod' },
  { ...failed('a pod that is evicted', 'Evicted', 137, run('sleep 1000')), whenRunning: 'evict-pod' },

  {
    ...waits('a command that fails again and again', 'CrashLoopBackOff', {
      ...run('exit 1'), spec: { backoffLimit: 6 }, pod: { restartPolicy: 'OnFailure' },
    }),
    exitStatus: 1,
  },
  waits('an image that no registry has', 'ImagePullBackOff', { container: { image: 'registry.example/absent:1' } }),
  waits('an image that must be there and is not', 'ErrImageNeverPull', { container: { image: 'absent:1', imagePullPolicy: 'Never' } }),
  waits('an image whose name nobody can read', 'InvalidImageName', { container: { image: 'Not:A:Name' } }),
  waits('a variable from a missing config map', 'ConfigMissing', { container: { env: [variable({ configMapKeyRef: { name: 'absent', key: 'a' } })] } }),
  waits('a variable from a missing secret', 'SecretMissing', { container: { env: [variable({ secretKeyRef: { name: 'absent', key: 'a' } })] } }),
  {
    ...waits('a variable from a missing key', 'KeyMissing', { container: { env: [variable({ configMapKeyRef: { name: 'settings', key: 'absent' } })] } }),
    before: [named('v1', 'ConfigMap', 'settings', { data: { a: '1' } })],
  },
  waits('a volume from a missing secret', 'SecretMissing', volume({ secret: { secretName: 'absent' } })),
  waits('a folder of the node that is not there', 'VolumeMissing', volume({ hostPath: { path: '/var/tmp/not-there', type: 'Directory' } })),
  waits('a claim that is not there', 'VolumeMissing', volume({ persistentVolumeClaim: { claimName: 'absent' } })),
  {
    ...waits('a claim that no volume serves', 'VolumeUnbound', volume({ persistentVolumeClaim: { claimName: 'data' } })),
    before: [named('v1', 'PersistentVolumeClaim', 'data', {
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'absent', resources: { requests: { storage: '1Gi' } } },
    })],
  },
  waits('an image that runs as root, which it forbids', 'RunAsNonRoot', { pod: { securityContext: { runAsNonRoot: true } } }),
  waits('a sidecar that never starts', 'SidecarNotStarted', {
    pod: {
      initContainers: [{
        ...plainContainer('proxy'),
        command: ['sh', '-c', 'exit 2'],
        restartPolicy: 'Always',
        startupProbe: { exec: { command: ['true'] }, periodSeconds: 2, initialDelaySeconds: 1 },
      }],
    },
  }),
  waits('more memory than any node has', 'Unschedulable.Resources', { container: { resources: { requests: { memory: '100Ti' } } } }),
  waits('a label that no node has', 'Unschedulable.Selector', { pod: { nodeSelector: { disk: 'absent' } } }),
  waits('an affinity to pods that are nowhere', 'Unschedulable.PodAffinity', {
    pod: {
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { labelSelector: { matchLabels: { app: 'absent' } }, topologyKey: 'kubernetes.io/hostname' },
          ],
        },
      },
    },
  }),
  waits('a scheduling gate', 'SchedulingGated', { pod: { schedulingGates: [{ name: 'example.com/approval' }] } }),
  {
    ...waits('a quota that has no pod left', 'QuotaExceeded', {}),
    before: [named('v1', 'ResourceQuota', 'team', { spec: { hard: { pods: '0' } } })],
  },
  {
    ...waits('more memory than its namespace allows a container', 'AdmissionRefused', { container: { resources: { limits: { memory: '128Mi' } } } }),
    before: [named('v1', 'LimitRange', 'team', { spec: { limits: [{ type: 'Container', max: { memory: '64Mi' } }] } })],
  },
  waits('a service account that is not there', 'ServiceAccountMissing', { pod: { serviceAccountName: 'absent' } }),
  waits('a priority class that is not there', 'PriorityClassMissing', { pod: { priorityClassName: 'absent' } }),
  waits('a runtime class that is not there', 'RuntimeClassMissing', { pod: { runtimeClassName: 'absent' } }),
  waits('parallelism 0', 'ParallelismZero', { spec: { parallelism: 0 } }),
  waits('another controller', 'ManagedByOther', { spec: { managedBy: 'example.com/other' } }),

  { ...waits('a negative parallelism', 'Invalid', { spec: { parallelism: -1 } }), verdict: 'Refused', exitStatus: 125 },
  {
    ...waits('the name of another', 'AlreadyExists', {}),
    before: [plainJob({ ...run('sleep 1000'), spec: { suspend: true } })],
    verdict: 'Refused',
    exitStatus: 125,
    runError: 'CONFLICT',
  },
  { ...waits('suspend', 'Suspended', { spec: { suspend: true } }), verdict: 'Suspended' },
  { ...waits('a user who suspends it', 'Suspended', run('sleep 1000')), whenRunning: 'suspend-job', verdict: 'Suspended' },
  { ...waits('a user who deletes it', 'Deleted', run('sleep 1000')), whenRunning: 'delete-job', verdict: 'Deleted', exitStatus: 127 },
  {
    ...waits('a namespace that is deleted', 'NamespaceDeleted', { ...run('sleep 1000'), spec: { backoffLimit: 6 } }),
    whenRunning: 'delete-namespace',
    verdict: 'Deleted',
    exitStatus: 127,
  },
];

/** The Job fails; a container that ran passes its own code on. */
function failed(name: string, diagnosis: string, exitCode: number, changes: Changes): FailureCase {
  return { name, job: plainJob(changes), verdict: 'Failed', diagnosis, exitCode, exitStatus: exitCode };
}

/** The Job goes on for ever without having started, or until somebody mends it. */
function waits(name: string, diagnosis: string, changes: Changes): FailureCase {
  return { name, job: plainJob(changes), verdict: 'Running', diagnosis, exitCode: null, exitStatus: 126 };
}

function plainJob({ spec = {}, pod = {}, container = {} }: Changes): NamedObject {
  const template = {
    spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers: [{ ...plainContainer('main'), ...container }], ...pod },
  };
  return named('batch/v1', 'Job', 'task', { spec: { backoffLimit: 0, ...spec, template } });
}

function plainContainer(name: string): object {
  return { name, image: 'busybox:1.36', imagePullPolicy: 'IfNotPresent', command: ['true'] };
}

function named(apiVersion: string, kind: string, name: string, rest: object): NamedObject {
  return { apiVersion, kind, metadata: { name }, ...rest };
}

function run(script: string): Changes {
  return { container: { command: ['sh', '-c', script] } };
}

function variable(valueFrom: object): object {
  return { name: 'A', valueFrom };
}

function volume(source: object): Changes {
  return { container: { volumeMounts: [{ name: 'v', mountPath: '/v' }] }, pod: { volumes: [{ name: 'v', ...source }] } };
}
