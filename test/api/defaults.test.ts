import { type Decoded } from '../../src/api/decoded';
import { defaultPullPolicy, setCronJobDefaults, setJobDefaults, setPodDefaults } from '../../src/api/defaults';
import { type CronJob, type Job, type PodSpec } from '../../src/api/kubernetes';

function jobSpec(spec: Decoded<Job>['spec'] & object): Decoded<Job>['spec'] {
  const job: Decoded<Job> = { metadata: { name: 'a' }, spec };
  setJobDefaults(job);
  return job.spec;
}

describe('a Job', () => {
  test('gets one completion, one pod at a time and six retries', () => {
    expect(jobSpec({})).toMatchObject({
      completions: 1, parallelism: 1, backoffLimit: 6, completionMode: 'NonIndexed', suspend: false, manualSelector: false, podReplacementPolicy: 'TerminatingOrFailed',
    });
  });
  test('with parallelism alone is a work queue', () => expect(jobSpec({ parallelism: 3 })?.completions).toBeUndefined());
  test('with limits of its indexes has no other', () => expect(jobSpec({ backoffLimitPerIndex: 1 })?.backoffLimit).toBe(2_147_483_647));
  test('with a failure policy replaces failed pods only', () => {
    const spec = jobSpec({ podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] } });
    expect(spec?.podReplacementPolicy).toBe('Failed');
    expect(spec?.podFailurePolicy?.rules?.[0]?.onPodConditions?.[0]?.status).toBe('True');
  });
  test('without labels takes those of its template', () => {
    const job: Decoded<Job> = { metadata: {}, spec: { template: { metadata: { labels: { app: 'a' } } } } };
    setJobDefaults(job);
    expect(job.metadata?.labels).toEqual({ app: 'a' });
  });
});

test('a CronJob gets its own defaults, its template those of a pod only', () => {
  const cronJob: Decoded<CronJob> = { spec: { jobTemplate: { spec: {} } } };
  setCronJobDefaults(cronJob);
  expect(cronJob.spec).toMatchObject({ concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
  expect(cronJob.spec?.jobTemplate?.spec).toEqual({ template: { spec: expect.objectContaining({ restartPolicy: 'Always' }) } });
});

test('a pod gets what its containers, probes and volumes lack', () => {
  const pod: Decoded<PodSpec> = {
    containers: [{
      name: 'main',
      image: 'busybox',
      ports: [{ containerPort: 80 }],
      resources: { limits: { cpu: '0.1m', memory: '1.5Gi' } },
      livenessProbe: { httpGet: { port: 80 }, periodSeconds: 0 },
    }],
    volumes: [{ name: 'a' }, { name: 'b', secret: { secretName: 's' } }],
  };
  setPodDefaults(pod);
  expect(pod).toMatchObject({
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
    securityContext: {},
    containers: [{
      imagePullPolicy: 'Always',
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      ports: [{ protocol: 'TCP' }],
      resources: { limits: { cpu: '1m', memory: '1.5Gi' } },
      livenessProbe: { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3, httpGet: { path: '/', scheme: 'HTTP' } },
    }],
    volumes: [{ emptyDir: {} }, { secret: { defaultMode: 420 } }],
  });
});

test.each([
  ['busybox', 'Always'], ['busybox:latest', 'Always'], ['busybox:1', 'IfNotPresent'], ['host:5000/app', 'Always'], ['host:5000/app:1', 'IfNotPresent'],
  ['busybox@sha256:aa', 'IfNotPresent'], ['not an image', 'IfNotPresent'],
])('the image %s is pulled %s', (image, policy) => {
  expect(defaultPullPolicy(image)).toBe(policy);
});
