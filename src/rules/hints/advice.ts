import { eachContainer } from '../pod/containers';
import { nameFor } from '../prepare';
import { advice, adviceSource } from './advice-rule';
import { commandAdvice } from './command-advice';
import { exportedGroup } from './exported';
import { imageAdvice } from './image-advice';
import { peersAdvice } from './peers-advice';
import { scheduleAdvice } from './schedule-advice';
import { type Decoded } from '../../api/decoded';
import { type Container, type CronJob, type Job, type JobSpec, type PodSpec } from '../../api/kubernetes';
import { generatedLabelNames, legacyJobNameLabel } from '../../api/labels';
import { checkLabelValue, checkQualifiedName } from '../../api/names';
import { type RuleGroup } from '../rule/rule';
import { inCronJob, inJob, inMetadata, inPod, minimalContainer, minimalPod } from '../rule/wrap';

/** What the API server accepts in a Job or a CronJob's template, although it goes wrong later. */
const jobGroup: RuleGroup<Decoded<JobSpec>> = {
  at: 'spec',
  source: adviceSource,
  wrap: inJob,
  rules: [
    advice({
      id: 'active-deadline-leaves-time',
      field: 'activeDeadlineSeconds',
      message: 'ends the Job at once: give it at least a second',
      finds: ({ activeDeadlineSeconds }, scope) => { if (activeDeadlineSeconds === 0) scope.report(0); },
      examples: { bad: [{ activeDeadlineSeconds: 0 }], good: [{ activeDeadlineSeconds: 60 }] },
    }),
    advice({
      id: 'indexed-pods-have-host-names',
      field: 'template.spec.hostname',
      message: 'has no effect: the host name of each pod of an Indexed Job is the name of the Job with the index behind it; leave it out',
      finds: ({ completionMode, template }, scope) => {
        const { hostname = '' } = template?.spec ?? {};
        if (completionMode === 'Indexed' && hostname !== '') scope.report(hostname);
      },
      examples: {
        bad: [{ completionMode: 'Indexed', completions: 2, template: { spec: { ...minimalPod, hostname: 'ring' } } }],
        good: [
          { completionMode: 'Indexed', completions: 2, template: { spec: { ...minimalPod, subdomain: 'ring' } } },
          { template: { spec: { ...minimalPod, hostname: 'ring' } } },
        ],
      },
    }),
  ],
};

/** What the API server accepts in a Job as a whole. */
const wholeJobGroup: RuleGroup<Decoded<Job>> = {
  at: '',
  source: adviceSource,
  wrap: inMetadata,
  rules: [advice({
    id: 'name-or-generate-name',
    field: 'metadata.generateName',
    message: 'has no effect beside a name: leave one of them out',
    finds: ({ metadata }, scope) => {
      const { name = '', generateName = '' } = metadata ?? {};
      if (name !== '' && generateName !== '' && name !== nameFor(generateName)) scope.report(generateName);
    },
    examples: { bad: [{ name: 'demo', generateName: 'demo-' }], good: [{ name: '', generateName: 'demo-' }] },
  })],
};

/** What the API server accepts in a CronJob, and then refuses in every Job of it. */
const cronJobGroup: RuleGroup<Decoded<CronJob>> = {
  at: '',
  source: adviceSource,
  wrap: inCronJob,
  rules: [
    advice({
      id: 'starting-deadline-above-ten-seconds',
      field: 'spec.startingDeadlineSeconds',
      message: 'the controller looks every ten seconds: with less, it may never start a Job',
      finds: ({ spec }, scope) => {
        const seconds = spec?.startingDeadlineSeconds;
        if (seconds !== undefined && seconds >= 0 && seconds < 10) scope.report(seconds);
      },
      examples: { bad: [{ startingDeadlineSeconds: 5 }], good: [{ startingDeadlineSeconds: 10 }] },
    }),
    advice({
      id: 'job-template-labels-well-formed',
      field: 'spec.jobTemplate.metadata.labels',
      message: 'is not checked here, but refused in every Job',
      finds: ({ spec }, scope) => {
        for (const [key, value] of Object.entries(spec?.jobTemplate?.metadata?.labels ?? {})) {
          if (checkQualifiedName(key).length + checkLabelValue(value).length > 0) scope.report({ [key]: value });
        }
      },
      examples: {
        bad: [{ jobTemplate: { metadata: { labels: { a: 'b c' } }, spec: { template: { spec: minimalPod } } } }],
        good: [{ jobTemplate: { metadata: { labels: { a: 'b' } }, spec: { template: { spec: minimalPod } } } }],
      },
    }),
    advice({
      id: 'job-template-annotations-well-formed',
      field: 'spec.jobTemplate.metadata.annotations',
      message: 'is not checked here, but refused in every Job',
      finds: ({ spec }, scope) => {
        for (const key of Object.keys(spec?.jobTemplate?.metadata?.annotations ?? {})) {
          if (checkQualifiedName(key.toLowerCase()).length > 0) {
            scope.report(key);
          }
        }
      },
      examples: {
        bad: [{ jobTemplate: { metadata: { annotations: { 'a b': 'c' } }, spec: { template: { spec: minimalPod } } } }],
        good: [{ jobTemplate: { metadata: { annotations: { a: 'c' } }, spec: { template: { spec: minimalPod } } } }],
      },
    }),
    advice({
      id: 'generated-labels-left-alone',
      field: 'spec.jobTemplate.spec.template.metadata.labels',
      message: 'is generated for every Job: with a value set here, every Job is refused',
      finds: ({ spec }, scope) => {
        const labels = spec?.jobTemplate?.spec?.template?.metadata?.labels ?? {};
        for (const key of generatedLabelNames) if (Object.hasOwn(labels, key)) scope.report(labels[key], scope.at.child('spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels').key(key));
      },
      examples: {
        bad: [{ jobTemplate: { spec: { template: { metadata: { labels: { [legacyJobNameLabel]: 'x' } }, spec: minimalPod } } } }],
        good: [{ jobTemplate: { spec: { template: { metadata: { labels: { app: 'x' } }, spec: minimalPod } } } }],
      },
    }),
    advice({
      id: 'indexed-pods-of-cron-job-can-be-named',
      field: 'metadata.name',
      message: 'with the eleven characters that a Job adds and the index, no pod has a valid host name: every Job is refused',
      finds: ({ metadata, spec }, scope) => {
        const job = spec?.jobTemplate?.spec;
        const digits = String(Math.max((job?.completions ?? 0) - 1, 0)).length;
        if (job?.completionMode === 'Indexed' && (job.completions ?? 0) > 0 && (metadata?.name ?? '').length + 11 + 1 + digits > 63) scope.report(metadata?.name);
      },
      // Needs a long name: tested on its own.
      examples: { bad: [], good: [{}] },
    }),
  ],
};

/** What the API server accepts in a pod, although it goes wrong when the pod runs. */
const podGroup: RuleGroup<Decoded<PodSpec>> = {
  at: 'spec.template.spec',
  source: adviceSource,
  wrap: inPod,
  rules: [
    advice({
      id: 'on-failure-hides-logs',
      field: 'restartPolicy',
      isHeldBack: true,
      message: 'hides the logs of failed attempts: the container restarts in its pod, which is deleted when the Job gives up; with Never, each attempt keeps its pod',
      finds: ({ restartPolicy }, scope) => { if (restartPolicy === 'OnFailure') scope.report(restartPolicy); },
      examples: { bad: [{ restartPolicy: 'OnFailure' }], good: [{ restartPolicy: 'Never' }] },
    }),
    advice({
      id: 'run-as-user-fits-non-root',
      field: '{initContainers,containers}[*].securityContext.runAsUser',
      message: 'is root while runAsNonRoot is true: the container never starts',
      finds: (pod, scope) => eachContainer(pod, scope.at, (container, at) => {
        if (runsRootAsNonRoot(pod, container)) scope.report(0, at.child('securityContext', 'runAsUser'));
      }),
      examples: {
        bad: [{ containers: [{ ...minimalContainer, securityContext: { runAsUser: 0, runAsNonRoot: true } }] }],
        good: [{ containers: [{ ...minimalContainer, securityContext: { runAsUser: 1000, runAsNonRoot: true } }] }],
      },
    }),
  ],
};

/** The groups of advice. */
export const adviceRules = {
  exported: exportedGroup,
  job: jobGroup,
  peers: peersAdvice,
  wholeJob: wholeJobGroup,
  cronJob: cronJobGroup,
  schedule: scheduleAdvice,
  pod: podGroup,
  image: imageAdvice,
  command: commandAdvice,
};

function runsRootAsNonRoot({ securityContext: ofPod }: Decoded<PodSpec>, { securityContext: own }: Decoded<Container>): boolean {
  return (own?.runAsUser ?? ofPod?.runAsUser) === 0 && (own?.runAsNonRoot ?? ofPod?.runAsNonRoot) === true;
}
