import { decodeRules } from './decode/decode-rules';
import { argoCdRules } from './gitops/argocd';
import { argoCdHookRules } from './gitops/argocd-hooks';
import { argoCdValueRules } from './gitops/argocd-values';
import { fluxRules } from './gitops/flux';
import { adviceRules } from './hints/advice';
import { queueRules } from './hints/queue';
import { warningRules } from './hints/warnings';
import { cronJobRules } from './job/cron-job';
import { failurePolicyRules } from './job/failure-policy';
import { jobRules } from './job/job';
import { labelSelectorRules } from './job/label-selector';
import { finalizerRules, metadataRules } from './job/metadata';
import { ownerRules } from './job/metadata-owners';
import { schedulingRules } from './job/scheduling';
import { schedulingUpdateRules } from './job/scheduling-update';
import { podNameRules, selectorRules } from './job/selector';
import { successPolicyRules } from './job/success-policy';
import { updateRules } from './job/update';
import { jobSetAdviceRules } from './job-set/advice';
import { jobSetFailureRules } from './job-set/failure-rules';
import { jobSetSchemaRules } from './job-set/schema';
import { jobSetWebhookRules } from './job-set/webhook';
import { affinityRules } from './pod/affinity';
import { annotatedProfileRules } from './pod/annotated-profiles';
import { containerRules } from './pod/container';
import { envRules, envSourceRules } from './pod/env';
import { ephemeralRules } from './pod/ephemeral';
import { evictionRules } from './pod/eviction';
import { hostNamespaceRules } from './pod/host-namespaces';
import { osRules } from './pod/os';
import { dnsRules, podRules, tolerationRules } from './pod/pod';
import { portRules } from './pod/port';
import { probeRules } from './pod/probe';
import { resourceRules } from './pod/resources';
import { seccompRules } from './pod/seccomp';
import { securityRules } from './pod/security';
import { templateRules } from './pod/template';
import { templateAnnotationRules } from './pod/template-annotations';
import { type Rule, type RuleGroup } from './rule/rule';
import { claimRules } from './volume/claim';
import { envReferenceRules, fileReferenceRules } from './volume/field-reference';
import { legacyVolumeRules } from './volume/legacy';
import { mountRules } from './volume/mount';
import { projectedRules } from './volume/projected';
import { volumeRules } from './volume/volume';

/** A chapter of the documentation, and the groups of rules in it. */
export interface RuleChapter {
  readonly title: string;
  readonly groups: readonly RuleGroup<never>[];
}

/** What a file of rules exports: its groups by name, in reading order. */
type RuleTable = Readonly<Record<string, RuleGroup<never>>>;

/** All rules in reading order. A group is named only in its own file, and in the walk that checks it. */
export const ruleChapters: readonly RuleChapter[] = [
  chapter('Decoding', decodeRules),
  chapter('Metadata', metadataRules, ownerRules, finalizerRules),
  chapter('Job', jobRules, schedulingRules, podNameRules),
  chapter('Pod failure policy', failurePolicyRules),
  chapter('Success policy', successPolicyRules),
  chapter('Selector', selectorRules, labelSelectorRules),
  chapter('CronJob', cronJobRules),
  chapter('Pod', templateRules, templateAnnotationRules, podRules, hostNamespaceRules, osRules, dnsRules, evictionRules),
  chapter('Containers', containerRules, portRules, ephemeralRules),
  chapter('Environment', envRules, envReferenceRules, envSourceRules),
  chapter('Volumes', volumeRules, fileReferenceRules, projectedRules, claimRules, legacyVolumeRules, mountRules),
  chapter('Resources', resourceRules),
  chapter('Probes and hooks', probeRules),
  chapter('Security', securityRules, seccompRules, annotatedProfileRules),
  chapter('Placement', affinityRules, tolerationRules),
  chapter('Updates', updateRules, schedulingUpdateRules),
  chapter('Warnings of the API server', warningRules),
  chapter('Advice', adviceRules),
  chapter('JobSet', jobSetSchemaRules, jobSetWebhookRules, jobSetFailureRules, jobSetAdviceRules),
  chapter('Jobs in queues of Kueue', queueRules),
  chapter('Jobs in Git: Argo CD', argoCdRules, argoCdHookRules, argoCdValueRules),
  chapter('Jobs in Git: Flux', fluxRules),
];

/** Every group of rules. */
export const ruleGroups: readonly RuleGroup<never>[] = ruleChapters.flatMap(({ groups }) => groups);

/** Every rule. */
export const allRules: readonly Rule<never>[] = ruleGroups.flatMap(({ rules }) => rules);

function chapter(title: string, ...tables: readonly RuleTable[]): RuleChapter {
  return { title, groups: tables.flatMap((table) => Object.values(table)) };
}
