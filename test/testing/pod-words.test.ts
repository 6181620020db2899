import { kubernetesJob } from './jobs';
import { formatFinding } from '../../src/core/finding';
import { checkScript } from '../../src/testing/check-script';
import { containerEnd } from '../../src/testing/container-end';
import type { PodRun } from '../../src/testing/pod-script';
import { simulate } from '../../src/testing/simulate';
import { describeEnds } from '../../src/testing/trace-ends';

test.each<[string, Parameters<typeof containerEnd>[0], object]>([
  ['a signal by its name', { signal: 'SIGSEGV' }, { exitCode: 139 }],
  ['a signal by its number', { signal: 34 }, { exitCode: 162 }],
  ['Error', { reason: 'Error' }, { exitCode: 1, reason: 'Error' }],
  ['Error with an exit code', { reason: 'Error', exit: 3 }, { exitCode: 3, reason: 'Error' }],
  ['OOMKilled', { reason: 'OOMKilled' }, { exitCode: 137, reason: 'OOMKilled' }],
  ['OOMKilled of a child only', { reason: 'OOMKilled', exit: 0 }, { exitCode: 0, reason: 'OOMKilled' }],
  ['StartError', { reason: 'StartError', message: 'exec: "x": not found' }, { exitCode: 128, reason: 'StartError', message: 'exec: "x": not found' }],
  ['a reason of the pod', { reason: 'Evicted' }, { exitCode: 137 }],
  ['nothing', {}, { exitCode: 0 }],
])('a container that ends with %s shows it as the kubelet does, never in a field `signal`', (_, end, expected) => {
  expect(containerEnd(end)).toEqual(expected);
});

test.each<[string, PodRun, object]>([
  ['is killed', { after: 2, signal: 'SIGKILL' }, { endedAt: 2, exitCode: 137, reason: 'Error' }],
  ['has no memory', { after: 2, reason: 'OOMKilled' }, { endedAt: 2, exitCode: 137, reason: 'OOMKilled' }],
  ['cannot be started', { after: 2, reason: 'ContainerCannotRun' }, { endedAt: 2, exitCode: 128, reason: 'ContainerCannotRun', containerStarts: [] }],
  ['is evicted', { after: 2, reason: 'Evicted', message: 'The node was low on resource: memory.' }, { endedAt: 2, exitCode: 137, reason: 'Evicted' }],
  ['is too long on its node', { after: 2, reason: 'DeadlineExceeded' }, { endedAt: 2, exitCode: 137, reason: 'DeadlineExceeded' }],
  ['is not taken by its node', { reason: 'OutOfcpu' }, { endedAt: 0, reason: 'OutOfcpu', containerStarts: [] }],
])('a pod that %s fails its Job', (_, run, pod) => {
  const trace = simulate(kubernetesJob({ backoffLimit: 0 }), { default: run });
  expect(trace).toMatchObject({ condition: 'Failed', reason: 'BackoffLimitExceeded', pods: [pod] });
});

test.each<[string, PodRun, string]>([
  ['its image cannot be pulled', { reason: 'ImagePullBackOff', message: 'Back-off pulling image "x"' }, 'ImagePullBackOff'],
  ['its configuration is missing', { reason: 'CreateContainerConfigError', pending: true }, 'CreateContainerConfigError'],
  ['no node fits', { reason: 'Unschedulable', neverStart: true }, 'Unschedulable'],
])('a pod waits when %s, until the deadline of its Job', (_, run, reason) => {
  const trace = simulate(kubernetesJob({ activeDeadlineSeconds: 30 }), { default: run });
  expect(trace).toMatchObject({ condition: 'Failed', reason: 'DeadlineExceeded' });
  expect(simulate(kubernetesJob({}), { default: run }).pods).toMatchObject([{ reason }]);
});

test('a Job whose pod waits has not ended, and its line says what the pod waits for', () => {
  const trace = simulate(kubernetesJob({}), { default: { reason: 'ErrImagePull' } });
  expect(trace.condition).toBeNull();
  expect(describeEnds(trace)).toEqual([`etl: still running, pod ${trace.pods[0]?.name} waits (ErrImagePull)`]);
});

test('init containers do their work before the image of the main one cannot be pulled', () => {
  const template = { spec: { initContainers: [{ name: 'init', image: 'x' }] } };
  expect(simulate(kubernetesJob({ template, backoffLimit: 0 }), { default: { reason: 'ErrImagePull', initExit: 3 } })).toMatchObject({ condition: 'Failed', pods: [{ exitCode: 3 }] });
});

test('an eviction is a disruption, which a policy can ignore, and a lack of memory is none', () => {
  const policy = { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] };
  const job = kubernetesJob({ backoffLimit: 0, podFailurePolicy: policy });
  const works = { after: 1 };
  expect(simulate(job, { byOrder: [{ after: 1, reason: 'Evicted' }, works] })).toMatchObject({ condition: 'Complete', status: { succeeded: 1 } });
  expect(simulate(job, { byOrder: [{ after: 1, reason: 'OOMKilled' }, works] })).toMatchObject({ condition: 'Failed' });
});

test('the node ends all containers of an evicted pod at once', () => {
  const template = { spec: { containers: [{ name: 'a', image: 'x' }, { name: 'b', image: 'x' }] } };
  const { pods } = simulate(kubernetesJob({ template, backoffLimit: 0 }), { default: { after: 4, reason: 'Evicted' } });
  expect(pods).toMatchObject([{ endedAt: 4, exitCode: 137, reason: 'Evicted' }]);
});

test('successive runs in one pod end in their own words', () => {
  const job = kubernetesJob({ backoffLimit: 6, template: { spec: { restartPolicy: 'OnFailure' } } });
  const runs = [{ after: 1, reason: 'OOMKilled' }, { after: 1, signal: 'SIGSEGV' }, { after: 1, reason: 'Completed' }];
  expect(simulate(job, { default: { runs } })).toMatchObject({ condition: 'Complete', pods: [{ exitCode: 0, containerStarts: [0, 1, 12] }] });
});

describe('a container that ignores SIGTERM', () => {
  const ignores: PodRun = { hang: true, ignoresTerm: true };
  const graced = (spec: object): object => kubernetesJob({ ...spec, template: { spec: { terminationGracePeriodSeconds: 20 } } });

  test('holds back the failure of its Job until its grace period is over', () => {
    expect(simulate(graced({ activeDeadlineSeconds: 10 }), { default: ignores }))
      .toMatchObject({ condition: 'Failed', elapsed: 31, pods: [{ deletedAt: 10, endedAt: 30, exitCode: 137 }] });
  });

  test('outlives the suspension of its Job by its grace period', () => {
    const { pods } = simulate(graced({}), { default: ignores }, { actions: [{ at: 5, op: 'suspend' }], until: 100 });
    expect(pods).toMatchObject([{ deletedAt: 5, endedAt: 25, exitCode: 137 }]);
  });

  test('is one pod too many for that long when its Job is made smaller', () => {
    const actions = [{ at: 5, op: 'patch' as const, patch: { spec: { parallelism: 1 } } }];
    const { pods } = simulate(graced({ parallelism: 2, completions: 2 }), { default: ignores }, { actions, until: 100 });
    expect(pods.map(({ endedAt }) => endedAt).sort()).toEqual([25, undefined]);
  });

  test.each([['TerminatingOrFailed', 15], ['Failed', 35]])('is replaced under %s at %i s', (podReplacementPolicy, createdAt) => {
    const { pods } = simulate(graced({ podReplacementPolicy }), { byOrder: [ignores, { after: 1 }] }, { actions: [{ at: 5, op: 'deletePod' }] });
    expect(pods[1]?.createdAt).toBeGreaterThanOrEqual(createdAt);
    expect(pods[1]?.createdAt).toBeLessThanOrEqual(createdAt + 1);
  });

  test('ends by itself when its work is done before', () => {
    const { pods } = simulate(graced({ activeDeadlineSeconds: 10 }), { default: { after: 15, ignoresTerm: true } });
    expect(pods).toMatchObject([{ deletedAt: 10, endedAt: 15, exitCode: 0 }]);
  });
});

test('what a whole script says of stopped pods holds for those that do not ignore SIGTERM', () => {
  const endOf = (run: PodRun): number | undefined =>
    simulate(kubernetesJob({ activeDeadlineSeconds: 5 }), { default: { hang: true, ...run }, onDelete: { after: 3, exit: 4 } })
      .pods[0]?.exitCode;
  expect([endOf({}), endOf({ ignoresTerm: false }), endOf({ ignoresTerm: true })]).toEqual([4, 4, 137]);
});

test('a container that SIGTERM does not end as it is, but another signal, says so in its exit code', () => {
  const { pods } = simulate(kubernetesJob({ activeDeadlineSeconds: 5 }), { default: { hang: true, onDelete: { after: 2, signal: 'SIGINT' } } });
  expect(pods).toMatchObject([{ endedAt: 7, exitCode: 130 }]);
});

test.each<[string, unknown, readonly string[]]>([
  ['a reason that is mistyped', { reason: 'OomKilled' }, ['default.reason: Unsupported value: "OomKilled": did you mean OOMKilled?']],
  ['a signal that is mistyped', { signal: 'SIGKIL' }, ['default.signal: Unsupported value: "SIGKIL": did you mean SIGKILL?']],
  ['a signal by half its name', { signal: 'kill' }, ['default.signal: Unsupported value: "kill": did you mean SIGKILL?']],
  ['a signal that there is not', { signal: 65 }, ['default.signal: Invalid value: 65: expected a signal, a number from 1 to 64 or a name such as SIGKILL']],
  ['an exit code that the signal does not give', { signal: 9, exit: 1 }, ['default.exit: Invalid value: 1: a container that signal 9 ends has exit code 137; leave exit out']],
  ['an exit code that the signal gives', { signal: 'SIGKILL', exit: 137 }, []],
  ['Completed with a failure', { reason: 'Completed', exit: 1 }, ['default.exit: Invalid value: 1: a container with the reason Completed has exit code 0']],
  ['Completed by a signal', { reason: 'Completed', signal: 9 }, ['default.signal: Forbidden: a container with the reason Completed ended by itself; leave signal out']],
  ['Error without one', { reason: 'Error', exit: 0 }, ['default.exit: Invalid value: 0: a container with the reason Error has an exit code other than 0']],
  ['a signal to what never ran', { reason: 'StartError', signal: 15 }, ['default.signal: Forbidden: a container with the reason StartError never ran; leave signal out']],
  ['an end of what hangs', { hang: true, exit: 1, signal: 1 }, [
    'default.exit: Invalid value: 1: a container that signal 1 ends has exit code 129; leave exit out',
    'default.exit: Forbidden: with hang: true it runs until it is stopped, and onDelete says how it ends then; leave exit out',
    'default.signal: Forbidden: with hang: true it runs until it is stopped, and onDelete says how it ends then; leave signal out',
  ]],
  ['an end of what waits', { reason: 'ImagePullBackOff', after: 1 }, ['default.after: Forbidden: with reason: ImagePullBackOff its containers do not start; leave after out']],
  ['an end of what no node takes', { reason: 'OutOfcpu', exit: 1 }, ['default.exit: Forbidden: with reason: OutOfcpu its node does not take it; leave exit out']],
  ['another reason without a node', { neverStart: true, reason: 'OOMKilled' }, ['default.reason: Forbidden: with neverStart: true it has no node; leave reason out']],
  ['runs and one end', { runs: [{ after: 1, exit: 0 }], exit: 1, after: 2 }, [
    'default.exit: Forbidden: runs says how each run of the containers ends; leave exit out',
    'default.after: Forbidden: runs says how each run of the containers ends; leave after out',
  ]],
  ['a reason of the pod in a run', { runs: [{ after: 1, reason: 'Evicted' }] }, [
    'default.runs[0].reason: Unsupported value: "Evicted": expected one of Completed, Error, OOMKilled, ContainerStatusUnknown, StartError, ContainerCannotRun',
  ]],
  ['two answers to SIGTERM', { hang: true, ignoresTerm: true, onDelete: { after: 1 } }, ['default.onDelete: Forbidden: with ignoresTerm: true its containers do not end on SIGTERM; leave onDelete out']],
  ['two reasons of a pod', { reason: 'Evicted', podReason: 'Evicted', phase: 'Succeeded' }, [
    'default.podReason: Forbidden: reason: Evicted ends the pod with all its containers; leave podReason out',
    'default.phase: Invalid value: "Succeeded": a pod with the reason Evicted is Failed',
  ]],
])('a script with %s is answered', (_, run, expected) => {
  expect(checkScript({ default: run }, { indexes: 0 }).map(formatFinding)).toEqual(expected);
});
