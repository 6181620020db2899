import { decodeRules } from './decode/decode-rules';
import { adviceRules } from './hints/advice';
import { warningRules } from './hints/warnings';
import { cronJobNameRules, cronJobRules } from './job/cron-job';
import { exitCodesRules, failurePolicyRules, failureRuleRules } from './job/failure-policy';
import { completionModeRules, jobRules } from './job/job';
import { selectorRules } from './job/label-selector';
import { finalizerDomainRules, finalizerRules, metadataNameRules, metadataRules } from './job/metadata';
import { oldOwnerRules, ownerRules } from './job/metadata-owners';
import { generatedSelectorRules, jobSelectorRules, podNameRules } from './job/selector';
import { successPolicyRules, successRuleRules } from './job/success-policy';
import { jobUpdateRules, metadataUpdateRules, pathSegmentRules } from './job/update';
import {
  nodeFieldRules, nodeRequirementRules, nodeSelectorRules, nodeValueRules, podAffinityTermRules, spreadRules, weightRules,
} from './pod/affinity';
import {
  containerNamesRules, containerRules, initContainerRules, mainContainerRules, restartListRules, restartNeedRules, restartRuleRules,
} from './pod/container';
import { envFromListRules, envFromRules, envRules, fileKeyRules, keyRefRules } from './pod/env';
import { ephemeralContainerRules, ephemeralListRules } from './pod/ephemeral';
import { osRules } from './pod/os';
import { dnsRules, podRules, tolerationRules } from './pod/pod';
import { hostPortRules, portListRules, portRules } from './pod/port';
import { handlerRules, probeRules, readinessProbeRules, sleepRules, strictProbeRules } from './pod/probe';
import { containerResourceRules, podClaimRules, podResourceRules, resizePolicyRules, resourceAmountRules, resourceClaimRules } from './pod/resources';
import { appArmorRules, containerSecurityRules, hostNamespaceRules, podSecurityRules, seccompRules, windowsRules } from './pod/security';
import { templateRules } from './pod/template';
import { type Rule, type RuleGroup } from './rule/rule';
import { claimTemplateRules } from './volume/claim';
import { envFieldRules, fieldRefRules, resourceRefRules, volumeFieldRules, volumeResourceRefRules } from './volume/field-reference';
import { legacyVolumeRules } from './volume/legacy';
import { deviceRules, mountRules } from './volume/mount';
import { podCertificateRules, projectedRules, projectionRules, trustBundleRules } from './volume/projected';
import { downwardFileRules, keyToPathRules, volumeRules, volumeSourceRules } from './volume/volume';

/** A chapter of the documentation, and the groups of rules in it. */
export interface RuleChapter {
  readonly title: string;
  readonly groups: readonly RuleGroup<never>[];
}

/** Every rule there is, in reading order. */
export const ruleChapters: readonly RuleChapter[] = [
  { title: 'Decoding', groups: Object.values(decodeRules) },
  { title: 'Metadata', groups: [metadataNameRules, metadataRules, ownerRules, oldOwnerRules, finalizerRules, finalizerDomainRules] },
  { title: 'Job', groups: [jobRules, completionModeRules, podNameRules] },
  { title: 'Pod failure policy', groups: [failurePolicyRules, failureRuleRules, exitCodesRules] },
  { title: 'Success policy', groups: [successPolicyRules, successRuleRules] },
  { title: 'Selector', groups: [jobSelectorRules, generatedSelectorRules, selectorRules] },
  { title: 'CronJob', groups: [cronJobNameRules, cronJobRules] },
  { title: 'Pod', groups: [templateRules, podRules, hostNamespaceRules, osRules, dnsRules] },
  {
    title: 'Containers',
    groups: [
      containerNamesRules, containerRules, mainContainerRules, initContainerRules, restartNeedRules, restartListRules, restartRuleRules,
      portListRules, portRules, hostPortRules, ephemeralListRules, ephemeralContainerRules,
    ],
  },
  {
    title: 'Environment',
    groups: [envRules, fieldRefRules, envFieldRules, resourceRefRules, keyRefRules, fileKeyRules, envFromListRules, envFromRules],
  },
  {
    title: 'Volumes',
    groups: [
      volumeRules, volumeSourceRules, keyToPathRules, downwardFileRules, volumeFieldRules, volumeResourceRefRules, projectedRules,
      projectionRules,
      trustBundleRules, podCertificateRules, claimTemplateRules, legacyVolumeRules, mountRules, deviceRules,
    ],
  },
  {
    title: 'Resources',
    groups: [resourceAmountRules, containerResourceRules, resourceClaimRules, resizePolicyRules, podResourceRules, podClaimRules],
  },
  { title: 'Probes and hooks', groups: [handlerRules, probeRules, strictProbeRules, readinessProbeRules, sleepRules] },
  { title: 'Security', groups: [podSecurityRules, containerSecurityRules, seccompRules, appArmorRules, windowsRules] },
  {
    title: 'Placement',
    groups: [
      nodeSelectorRules, nodeRequirementRules, nodeValueRules, nodeFieldRules, weightRules, podAffinityTermRules, spreadRules,
      tolerationRules,
    ],
  },
  { title: 'Updates', groups: [metadataUpdateRules, pathSegmentRules, jobUpdateRules] },
  { title: 'Warnings of the API server', groups: warningRules },
  { title: 'Advice', groups: adviceRules },
];

/** Every group of rules. */
export const ruleGroups: readonly RuleGroup<never>[] = ruleChapters.flatMap(({ groups }) => groups);

/** Every rule. */
export const allRules: readonly Rule<never>[] = ruleGroups.flatMap(({ rules }) => rules);
