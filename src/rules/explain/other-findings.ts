import type { FaultType, Severity } from '../../core/finding';

/** What is found outside of the tables of rules, where it is found, and what to do about it: a long table, one entry for each id. */
export interface OtherFinding {
  /** What finds it, as an end of "found by". */
  readonly by: string;
  readonly type: FaultType;
  readonly severity: Severity;
  /** How much it weighs where less is known. Default: the same. */
  readonly orElse?: Severity;
  /** What is wrong, as a sentence. */
  readonly says: string;
  /** What to write or do instead, as an end of a sentence. */
  readonly instead: string;
}

const reader = 'the reader of YAML, which reads as kubectl does';
const synth = 'app.synth()';

/** By their ids, as a finding carries them. */
export const otherFindings: ReadonlyMap<string, OtherFinding> = new Map(Object.entries<OtherFinding>({
  'name-given-once': {
    by: 'every command that takes several manifests, and app.synth()',
    type: 'Duplicate',
    severity: 'error',
    says: 'Two Jobs or CronJobs that are given together have one name in one namespace: only the one that is applied last would remain.',
    instead: 'give each a name or a namespace of its own; what goes to several clusters is checked in several calls',
  },
  'argo-job-starts': {
    by: 'export --argo',
    type: 'Forbidden',
    severity: 'error',
    says: 'A step of a Workflow waits for the end of its Job, and a suspended Job that no queue resumes has none.',
    instead: 'leave suspend out',
  },
  'argo-sees-the-end': {
    by: 'export --argo',
    type: 'Invalid',
    severity: 'error',
    says: 'Argo looks at a Job every five seconds or later, and one that is deleted before fails its step, however it ended.',
    instead: 'write 60 seconds or more, or leave the field out: the Job goes with its Workflow',
  },
  'argo-one-namespace': {
    by: 'export --argo',
    type: 'Invalid',
    severity: 'error',
    says: 'A Workflow owns its Jobs, and an owner in another namespace is taken for one that is gone: the Job would be deleted.',
    instead: 'give all Jobs one namespace, or export each namespace by itself',
  },
  'argo-name-stays': {
    by: 'export --argo',
    type: 'Invalid',
    severity: 'warning',
    says: 'The pods of this Job are found by host names that begin with its name, so it gets no new name in each run.',
    instead: 'let one run end, and delete its Workflow, before the next one starts',
  },
  'argo-orders-jobs': {
    by: 'export --argo',
    type: 'Invalid',
    severity: 'error',
    says: 'A CronJob starts its Jobs by its schedule: it is no step that others could wait for, or that could wait.',
    instead: 'write a Job',
  },
  'after-well-formed': {
    by: 'run and validate',
    type: 'Invalid',
    severity: 'error',
    says: 'The annotation cdk8s-jobs/after names something that cannot be the name of a Job.',
    instead: 'write the names of Jobs with commas between them, and namespace/name for a Job of another namespace',
  },
  'after-without-circle': {
    by: 'run and validate',
    type: 'Invalid',
    severity: 'error',
    says: 'Jobs wait for one another in a circle, or one waits for itself: none of them could ever begin.',
    instead: 'take one of the names out of cdk8s-jobs/after, or one of the dependencies out of the app',
  },
  'after-names-a-job': {
    by: 'run and validate',
    type: 'NotFound',
    severity: 'error',
    orElse: 'warning',
    says: 'A Job that is waited for is not among what is run, and is not complete in the cluster. validate, which cannot look there, only warns.',
    instead: 'run it together with what waits for it, or run it before',
  },
  'silence-names-a-finding': {
    by: 'validate',
    type: 'NotFound',
    severity: 'warning',
    says: 'The annotation cdk8s-jobs/silence names something that is no finding, or one that is always an error: nothing is silenced by it.',
    instead: 'write the ids of warnings and advice with commas between them; validate names them at the end of each line',
  },
  'output-well-formed': {
    by: 'run, simulate and validate',
    type: 'Invalid',
    severity: 'error',
    says: 'A text begins like an output of another Job, and names none.',
    instead: 'write <cdk8s-jobs:output/JOB/NAME>, or use the output() of a construct',
  },
  'output-where-run-fills-it-in': {
    by: 'run, simulate and validate',
    type: 'Invalid',
    severity: 'error',
    says: 'An output of another Job stands where nothing is filled in.',
    instead: 'use it in the value of a variable, an argument, a command or an annotation, and not inside of $(…)',
  },
  'output-of-earlier-job': {
    by: 'run, simulate and validate',
    type: 'Invalid',
    severity: 'error',
    says: 'An output is of a Job that is not waited for: it has no value yet when this one starts.',
    instead: 'name that Job in the annotation cdk8s-jobs/after; constructs do so by themselves',
  },
  'output-filled-in-by-run': {
    by: 'validate; an error with --gitops',
    type: 'Invalid',
    severity: 'advice',
    says: 'A Job uses an output of another one, which only cdk8s-jobs run fills in: kubectl, Argo CD and Flux start the Job with the text that stands for it.',
    instead: 'start these Jobs with run; in Git hand values over in another way, such as a ConfigMap that the first Job writes',
  },
  'gitops-intention': {
    by: synth,
    type: 'Forbidden',
    severity: 'error',
    says: 'What is intended for a Job with argocd or flux cannot be: another option, another field or an annotation written by hand says otherwise.',
    instead: 'leave one of the two out; options may come from the chart and the app as well',
  },
  'gitops-order': {
    by: synth,
    type: 'Invalid',
    severity: 'error',
    says: "With argocd({ order: 'dependencies' }) an object depends on one that Argo CD applies later: in a later phase of the sync, or by a wave written by hand.",
    instead: 'take the dependency out, or write a later wave; what runs before a rollout cannot depend on a part of it',
  },
  'queue-props': {
    by: synth,
    type: 'Invalid',
    severity: 'error',
    says: 'The queue of a Job has no name, a field that queues do not have, or says something else than a label or an annotation of the Job.',
    instead: "queue: 'NAME', or { name, priority, minParallelism }",
  },
  'set-by-server': {
    by: synth,
    type: 'Forbidden',
    severity: 'error',
    says: 'The metadata has a field that the API server sets itself, such as uid or resourceVersion: what is written there means nothing, or makes an apply fail.',
    instead: 'leave the field out',
  },
  'git-needs-a-name': {
    by: 'diff --git',
    type: 'Forbidden',
    severity: 'error',
    says: 'An object has generateName and no name: Argo CD and Flux apply what is in Git, and what has no name cannot be applied.',
    instead: "write a name; for one that is new at each change: rerun: 'on-change'",
  },
  'selector-required': {
    by: 'diff --git',
    type: 'Required',
    severity: 'error',
    says: 'Replace=true makes Argo CD replace the whole Job, selector and labels included, which the API server has generated: it refuses that for every Job.',
    instead: 'write Force=true without Replace=true, or give the Job a new name at each change',
  },
  'api-server': {
    by: 'the API server of the cluster',
    type: 'Invalid',
    severity: 'error',
    says: 'The API server refuses the object; field, type and words are its own. It, or a webhook or policy of the cluster, knows more than the rules here.',
    instead: 'see the message; what is refused by every API server has a rule of its own in docs/rules.md',
  },
  'kubectl-refuses': {
    by: reader,
    type: 'Decode',
    severity: 'error',
    says: 'kubectl cannot make an object of the document, and would send nothing.',
    instead: 'write apiVersion, kind and metadata as the message says',
  },
  'input': {
    by: 'validate',
    type: 'Decode',
    severity: 'error',
    says: 'A file, a folder or an app cannot be read: nothing in it was checked.',
    instead: 'see the message',
  },
  'yaml-duplicate-key': {
    by: reader,
    type: 'Duplicate',
    severity: 'warning',
    says: 'A key is written twice in one map. kubectl takes the last one, whole, without a word.',
    instead: 'leave one of them out',
  },
  'yaml-merge-overwrites': {
    by: reader,
    type: 'Duplicate',
    severity: 'warning',
    says: 'A merge (<<) overwrites a key that stands before it, where most readers would keep the key.',
    instead: 'put << first',
  },
  'yaml-colliding-keys': {
    by: reader,
    type: 'Duplicate',
    severity: 'warning',
    says: 'Two keys of different types, such as 1 and "1", become the same text; which one wins is left to chance.',
    instead: 'leave one of them out',
  },
  'yaml-key-not-a-string': {
    by: reader,
    type: 'Invalid',
    severity: 'warning',
    says: 'A key is read as a number or a boolean (on, off, yes, no and y among them) and becomes another text than the one that is written.',
    instead: 'write it in quotes',
  },
  'yaml-text-ignored': {
    by: reader,
    type: 'Invalid',
    severity: 'warning',
    says: 'kubectl ignores text that stands behind the end of a document.',
    instead: 'put a line with --- before another document',
  },
  'yaml-damaged-text': {
    by: reader,
    type: 'Invalid',
    severity: 'warning',
    says: 'The file holds bytes that are not UTF-8; each is replaced by U+FFFD.',
    instead: 'save the file as UTF-8',
  },
  'yaml-writer-corrupts': {
    by: synth,
    type: 'Invalid',
    severity: 'error',
    says: 'The YAML that cdk8s writes of a text is read by kubectl as something else, or not at all.',
    instead: 'write the text otherwise, as the message says',
  },
  'kind-has-no-such-field': {
    by: synth,
    type: 'Forbidden',
    severity: 'error',
    says: 'A construct sets a field that its kind of Job does not have. The API server would take it, and make a Job of another kind of it.',
    instead: 'leave the field out, or use the construct that the message names',
  },
  'kind-needs-field': {
    by: synth,
    type: 'Required',
    severity: 'error',
    says: 'A construct lacks a field without which its kind of Job would be another.',
    instead: 'set the field, or use the construct that the message names',
  },
  'kind-of-job': {
    by: synth,
    type: 'NotSupported',
    severity: 'error',
    says: 'The `type` of the Job of a ScheduledJob is none of the kinds of Jobs.',
    instead: 'write one of those that the message lists',
  },
  'props-hold-themselves': {
    by: synth,
    type: 'Invalid',
    severity: 'error',
    says: 'Props hold themselves somewhere below, or are nested deeper than any field of a Job: they cannot be written down.',
    instead: 'write the value that is meant, or leave it out',
  },
  'rerun-names-the-job': {
    by: synth,
    type: 'Forbidden',
    severity: 'error',
    says: 'A Job with `rerun` gets its name from its content, and generateName asks for another one.',
    instead: 'write metadata.name, or leave both out',
  },
  'rerun-supported': {
    by: synth,
    type: 'NotSupported',
    severity: 'error',
    says: 'The value of `rerun` is none of those that there are.',
    instead: 'write one of those that the message lists',
  },
  'rerun-needs-mark': {
    by: synth,
    type: 'Required',
    severity: 'error',
    says: '`rerun` lacks the mark in `rerun.on` that tells one run from the next.',
    instead: 'set rerun.on to a text that is new for each run, such as the tag of a release',
  },
  'name-read-too-early': {
    by: synth,
    type: 'Invalid',
    severity: 'error',
    says: 'The name of a Job that is named after its content was read, and the content was changed afterwards.',
    instead: 'read it last, or lazily: Lazy.any({ produce: () => job.name })',
  },
  'simulation-input': {
    by: 'simulate',
    type: 'Invalid',
    severity: 'error',
    says: 'A script or an option of a simulation has a field or a value that it cannot have.',
    instead: 'see the message',
  },
  'local-needs-command': {
    by: 'the local engine: run --local and serve',
    type: 'Required',
    severity: 'error',
    says: 'A container has no command. The local engine runs processes and does not use images, and only the image knows what to run.',
    instead: 'write the command, or map the image: --image-command IMAGE=\'command\'',
  },
}));
