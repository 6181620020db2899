import { ended, going, isTrue, running, Story, unplaced, waiting } from './story';
import { failureClasses } from '../../src/verdict/classes';
import { diagnoses } from '../../src/verdict/diagnosis';
import { judge } from '../../src/verdict/judge';

const stuck = (reason: string, message: string, spec = {}) => new Story().job(0).pod(1, 'a', waiting(reason, message), { spec });
const refused = (message: string) => new Story().job(0).event(1, 'job', 'FailedCreate', `Error creating: pods "task-x" is forbidden: ${message}`);
const log = (story: Story, text: string): Story => {
  story.lines.push({ at: 1, log: 'a', container: 'main', attempt: 0, text });
  return story;
};
const failed = () => new Story().job(0).pod(1, 'a', ended(1)).failed(2);
const withLimit = { spec: { containers: [{ name: 'main', resources: { limits: { memory: '16Mi' } } }] } };

test.each<[string, Story, string]>([
  ['the log\'s last line', log(failed(), 'one\nno such table\n'), 'Container "main" exited 1; the Job allows no retry (backoffLimit 0). Its last words: "no such table".'],
  ['no log at all', failed(), 'Container "main" exited 1; the Job allows no retry (backoffLimit 0). Read its log.'],
  ['the termination message before the log', log(new Story().job(0).pod(1, 'a', ended(1, 'Error', { message: 'x\nthe end' })).failed(2), 'other'), 'Container "main" exited 1; the Job allows no retry (backoffLimit 0). Its last words: "the end".'],
  ['a full volume', log(failed(), 'dd: /v/x: No space left on device\n0+1 records\n'), 'Container "main" exited 1; the Job allows no retry (backoffLimit 0). Its log says "No space left on device": look at the sizeLimit of its emptyDir volumes.'],
  ['the retries', new Story({ backoffLimit: 2 }).job(0).pod(1, 'a', ended(1)).failed(2), 'Container "main" exited 1; the Job gave up after 2 retries. Read its log.'],
  ['OnFailure', new Story().job(0).pod(1, 'a', ended(1), { spec: { restartPolicy: 'OnFailure' } }).failed(2), 'Container "main" exited 1; the Job gave up and deleted the pod, so of its log only what was read before is left. With restartPolicy Never pod and log stay.'],
  ['a rule', new Story().job(0).pod(1, 'a', ended(1)).failed(2, 'PodFailurePolicy', 'Container main for pod default/a failed with exit code 1 matching FailJob rule at index 0'), 'Container "main" exited 1; a rule of its podFailurePolicy ends the Job at once. Read its log.'],
  ['a deadline between two tries', new Story({ backoffLimit: 6 }).job(0).pod(1, 'a', ended(1)).failed(2, 'DeadlineExceeded'), 'Container "main" exited 1; the deadline of the Job passed before it could succeed. Read its log.'],
  ['gone by its ttl', new Story({ ttlSecondsAfterFinished: 0 }).job(0).pod(1, 'a', ended(9)).failed(2, 'BackoffLimitExceeded', '', { metadata: going }), 'Container "main" exited 9; the Job allows no retry (backoffLimit 0). Read its log. The Job was removed by its ttl of 0 s.'],
  ['a signal', new Story().job(0).pod(1, 'a', ended(139)).failed(2), 'Container "main" was ended by SIGSEGV, not for memory; the Job allows no retry (backoffLimit 0). Read its log.'],
  ['memory, by a LimitRange', new Story().job(0).pod(1, 'a', ended(137, 'OOMKilled'), withLimit).failed(2), 'A process of container "main" was killed for memory at its limit of 16Mi, which a LimitRange put in: raise resources.limits.memory.'],
  ['memory, by its own limit, hidden by a shell', new Story({ template: withLimit }).job(0).pod(1, 'a', ended(1, 'OOMKilled'), withLimit).failed(2), 'A process of container "main" was killed for memory at its limit of 16Mi; exit code 1 hides it: raise resources.limits.memory.'],
  ['a program that is not there', new Story().job(0).pod(1, 'a', ended(128, 'StartError', { message: 'exec: "no-such": executable file not found in $PATH' })).failed(2), 'There is no program "no-such" in the image: check command and image.'],
  ['a shell that finds no program', new Story().job(0).pod(1, 'a', ended(127)).failed(2), 'Exit code 127: the shell of container "main" did not find a program. Read its log.'],

  ['a registry that wants credentials', stuck('ErrImagePull', 'x: 401 Unauthorized'), 'The registry refuses app:1 without credentials: set imagePullSecrets.'],
  ['a pull secret that is not there', stuck('ErrImagePull', 'x: 401 Unauthorized').event(2, 'a', 'FailedToRetrieveImagePullSecret', 'Unable to retrieve some image pull secrets (absent); attempting to pull the image may not succeed.'), 'The pull secret "absent" does not exist.'],
  ['a registry that is overloaded', stuck('ErrImagePull', 'status 429 Too Many Requests'), 'Image app:1 cannot be pulled at the moment: status 429 Too Many Requests'],
  ['a deadline while the image was missing', stuck('ErrImagePull', 'x: not found').failed(9, 'DeadlineExceeded'), 'Image app:1 does not exist in its registry: check name and tag. The deadline of the Job passed meanwhile.'],
  ['a Secret', stuck('CreateContainerConfigError', 'secret "login" not found'), 'Create Secret "login".'],
  ['a key in the environment', stuck('CreateContainerConfigError', 'couldn\'t find key b in ConfigMap default/settings'), 'ConfigMap "settings" has no key "b".'],
  ['a key in a volume', new Story().job(0).pod(0, 'a', waiting('ContainerCreating'), { spec: { volumes: [{ name: 'v', secret: { secretName: 'login' } }] } })
    .event(1, 'a', 'FailedMount', 'MountVolume.SetUp failed for volume "v" : references non-existent secret key: b'), 'Secret "login" has no key "b".'],
  ['a selector', new Story().job(0).pod(1, 'a', unplaced('0/1 nodes are available: 1 node(s) didn\'t match Pod\'s node affinity/selector.'), { spec: { nodeSelector: { disk: 'ssd' } } }), 'No node has the labels of nodeSelector {"disk":"ssd"}.'],
  ['a gate', new Story().job(0).pod(1, 'a', unplaced('Scheduling is blocked', 'SchedulingGated'), { spec: { schedulingGates: [{ name: 'example.com/wait' }] } }), 'The pod waits for its scheduling gates to be removed: example.com/wait.'],
  ['a quota', refused('exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2'), 'Quota "team" allows pods=2; pods=2 is used and pods=1 is asked for.'],
  ['a quota that demands limits', refused('failed quota: team: must specify limits.memory for: main'), 'Quota "team" demands that every container says limits.memory for: main.'],
  ['a policy', refused('ValidatingAdmissionPolicy \'p\' with binding \'b\' denied request: every pod needs a team'), 'The API server refuses it: every pod needs a team'],
  ['a LimitRange', refused('maximum memory usage per Container is 64Mi, but limit is 128Mi'), 'The API server refuses it: maximum memory usage per Container is 64Mi, but limit is 128Mi'],
  ['a service account', refused('error looking up service account default/robot: serviceaccount "robot" not found'), 'Create ServiceAccount "robot".'],
  ['a priority class', refused('no PriorityClass with name urgent was found'), 'PriorityClass "urgent" does not exist.'],
  ['a runtime class', refused('pod rejected: RuntimeClass "odd" not found'), 'RuntimeClass "odd" does not exist.'],

  ['a deadline, and an exit code of 0 too late', new Story().job(0).pod(0, 'a', running).pod(1, 'a', running, { metadata: going }).gaveUp(1, 'DeadlineExceeded').pod(2, 'a', ended(0), { metadata: going }), 'The deadline passed; that the container exited 0 when it was told to end does not make the Job a success.'],
  ['a suspended Job', new Story().job(0, { conditions: [isTrue('Suspended', 'JobSuspended')] }, { spec: { suspend: true } }), 'Resume the Job with: cdk8s-jobs resume task; or set spec.suspend to false.'],
  ['a suspended Job of another namespace', new Story({ suspend: true }, { namespace: 'media' }).job(0, { conditions: [isTrue('Suspended', 'JobSuspended')] }), 'Resume the Job with: cdk8s-jobs resume task -n media; or set spec.suspend to false.'],
  ['a suspended CronJob', new Story().cronJob(0, { suspend: true }), 'The CronJob is suspended: set spec.suspend to false.'],
  ['a finalizer', new Story().job(0).job(1, {}, { metadata: { ...going, finalizers: ['example.com/hold'] } }), 'Somebody deleted the Job before it had ended. Finalizer example.com/hold holds it in sight, but its controller has stopped.'],
  ['orphans', new Story().job(0).job(1, {}, { metadata: { ...going, finalizers: ['orphan'] } }), 'Somebody deleted the Job before it had ended. Its pods go on, and nobody counts them.'],
  ['success after a failure', new Story({ backoffLimit: 1 }).job(0).pod(1, 'a', ended(1)).pod(12, 'b', ended(0)).job(13, { conditions: [isTrue('Complete', 'CompletionsReached')] }), 'Succeeded; one pod failed on the way.'],
])('%s', (_sentence, { lines }, hint) => {
  expect(judge(lines).hint).toBe(hint);
});

test.each(diagnoses)('%s has a class that holds together', (diagnosis) => {
  const { canHeal, grace, couldNotStart } = failureClasses[diagnosis];
  if (grace === 0) expect(canHeal).toBe(false);
  if (grace !== null) expect(grace).toBeLessThanOrEqual(60);
  if (!couldNotStart && grace !== null) expect(grace).toBeGreaterThan(0);
});
