import { type Decoded } from './decoded';
import { imageFault } from './image-reference';
import {
  type Container, type ContainerPort, type CronJob, type CronJobSpec, type EnvVar, type HTTPGetAction, type Job, type JobSpec, type PodSpec,
  type Probe, type ResourceRequirements, type Volume,
} from './kubernetes';
import { formatQuantity, roundToMilli, tryParseQuantity } from './quantity';

/**
 * Fills in what the API server fills in when it decodes a Job; changes `job`.
 *
 * @source pkg/apis/batch/v1/defaults.go SetDefaults_Job (v1.37)
 */
export function setJobDefaults(job: Decoded<Job>): void {
  const spec = job.spec ??= {};
  const metadata = job.metadata ??= {};
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : 2_147_483_647;
  const templateLabels = spec.template?.metadata?.labels;
  if (templateLabels !== undefined && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...templateLabels };
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed';
  spec.manualSelector ??= false;
  setConditionDefaults(spec);
  setTemplateDefaults(spec);
}

/**
 * Fills in what the API server fills in when it decodes a CronJob; changes `cronJob`.
 *
 * The defaults of a Job do not reach the job template: each Job gets them when it is created.
 *
 * @source pkg/apis/batch/v1/defaults.go SetDefaults_CronJob (v1.37)
 */
export function setCronJobDefaults(cronJob: Decoded<CronJob>, minor: number = 37): void {
  const spec: Decoded<CronJobSpec> = cronJob.spec ??= {};
  if (isEmpty(spec.concurrencyPolicy)) spec.concurrencyPolicy = 'Allow';
  spec.suspend ??= false;
  spec.successfulJobsHistoryLimit ??= 3;
  spec.failedJobsHistoryLimit ??= 1;
  const template = spec.jobTemplate ??= {};
  const job = template.spec ??= {};
  if (minor >= 34) setConditionDefaults(job);
  setTemplateDefaults(job);
}

/**
 * Fills in the defaults of a pod template; changes `pod`.
 *
 * What only real Pods get (requests from limits, `enableServiceLinks`) is not filled in.
 *
 * @source pkg/apis/core/v1/defaults.go SetDefaults_PodSpec and its neighbours (v1.37)
 */
export function setPodDefaults(pod: Decoded<PodSpec>): void {
  if (isEmpty(pod.dnsPolicy)) pod.dnsPolicy = 'ClusterFirst';
  if (isEmpty(pod.restartPolicy)) pod.restartPolicy = 'Always';
  if (isEmpty(pod.schedulerName)) pod.schedulerName = 'default-scheduler';
  if (isEmpty(pod.serviceAccountName) && !isEmpty(pod.serviceAccount)) pod.serviceAccountName = pod.serviceAccount ?? '';
  pod.securityContext ??= {};
  pod.terminationGracePeriodSeconds ??= 30;
  pod.volumes?.forEach(setVolumeDefaults);
  pod.initContainers?.forEach(setContainerDefaults);
  pod.containers?.forEach(setContainerDefaults);
  pod.ephemeralContainers?.forEach((container) => setContainerDefaults(container as Decoded<Container>));
  if (pod.resources !== undefined) setResourceDefaults(pod.resources);
  if (pod.overhead !== undefined) setResourceDefaults({ limits: pod.overhead });
}

/**
 * The default pull policy of an image: with a tag other than `latest`, or with a digest, it need not be pulled again; nor when no
 * kubelet can read it.
 */
export function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  const name = image.slice(image.lastIndexOf('/') + 1);
  const tag = /:([\w][\w.-]{0,127})$/.exec(name)?.[1];
  const isPlain = !/[\s@]/.test(image) && image !== '';
  return isPlain && (tag === 'latest' || !name.includes(':')) && imageFault(image) === undefined ? 'Always' : 'IfNotPresent';
}

function setTemplateDefaults(spec: Decoded<JobSpec>): void {
  const template = spec.template ??= {};
  setPodDefaults(template.spec ??= {});
}

function setConditionDefaults(spec: Decoded<JobSpec>): void {
  for (const rule of spec.podFailurePolicy?.rules ?? []) {
    for (const pattern of rule.onPodConditions ?? []) if (isEmpty(pattern.status)) pattern.status = 'True';
  }
}

function setContainerDefaults(container: Decoded<Container>): void {
  if (isEmpty(container.imagePullPolicy)) container.imagePullPolicy = defaultPullPolicy(container.image ?? '');
  if (isEmpty(container.terminationMessagePath)) container.terminationMessagePath = '/dev/termination-log';
  if (isEmpty(container.terminationMessagePolicy)) container.terminationMessagePolicy = 'File';
  container.ports?.forEach(setPortDefaults);
  container.env?.forEach(setEnvDefaults);
  const { lifecycle, livenessProbe, readinessProbe, startupProbe, resources } = container;
  if (livenessProbe !== undefined) setProbeDefaults(livenessProbe);
  if (readinessProbe !== undefined) setProbeDefaults(readinessProbe);
  if (startupProbe !== undefined) setProbeDefaults(startupProbe);
  if (lifecycle !== undefined) {
    setHttpDefaults(lifecycle.postStart?.httpGet);
    setHttpDefaults(lifecycle.preStop?.httpGet);
  }
  if (resources !== undefined) setResourceDefaults(resources);
}

function setPortDefaults(port: Decoded<ContainerPort>): void {
  if (isEmpty(port.protocol)) port.protocol = 'TCP';
}

function setEnvDefaults({ valueFrom }: Decoded<EnvVar>): void {
  if (valueFrom === undefined) return;
  setFieldRefDefaults(valueFrom.fieldRef);
  if (valueFrom.fileKeyRef !== undefined) valueFrom.fileKeyRef.optional ??= false;
}

function setFieldRefDefaults(fieldRef: { apiVersion?: string } | undefined): void {
  if (fieldRef !== undefined && isEmpty(fieldRef.apiVersion)) fieldRef.apiVersion = 'v1';
}

function setProbeDefaults(probe: Decoded<Probe>): void {
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  setHttpDefaults(probe.httpGet);
  if (probe.grpc !== undefined) probe.grpc.service ??= '';
}

function setHttpDefaults(httpGet: Decoded<HTTPGetAction> | undefined): void {
  if (httpGet === undefined) return;
  if (isEmpty(httpGet.path)) httpGet.path = '/';
  if (isEmpty(httpGet.scheme)) httpGet.scheme = 'HTTP';
}

/** Resources count in thousandths; what is smaller is rounded up. */
function setResourceDefaults({ limits, requests }: Pick<Decoded<ResourceRequirements>, 'limits' | 'requests'>): void {
  if (limits !== undefined) roundAmounts(limits);
  if (requests !== undefined) roundAmounts(requests);
}

function roundAmounts(amounts: NonNullable<Decoded<ResourceRequirements>['limits']>): void {
  for (const name in amounts) {
    const text = String(amounts[name] ?? '');
    // Only these can be finer than a thousandth.
    if (!/[nu.eE]/.test(text)) continue;
    const quantity = tryParseQuantity(text);
    if (quantity !== undefined && quantity.nano % 1_000_000n !== 0n) amounts[name] = formatQuantity(roundToMilli(quantity));
  }
}

function setVolumeDefaults(volume: Decoded<Volume>): void {
  if (Object.keys(volume).every((name) => name === 'name')) volume.emptyDir = {};
  for (const source of [volume.secret, volume.configMap, volume.downwardAPI, volume.projected]) {
    if (source !== undefined) {
      source.defaultMode ??= 0o644;
    }
  }
  for (const file of volume.downwardAPI?.items ?? []) setFieldRefDefaults(file.fieldRef);
  for (const source of volume.projected?.sources ?? []) {
    if (source.serviceAccountToken !== undefined) source.serviceAccountToken.expirationSeconds ??= 3600;
    for (const file of source.downwardAPI?.items ?? []) setFieldRefDefaults(file.fieldRef);
  }
  if (volume.hostPath !== undefined) volume.hostPath.type ??= '';
  if (volume.image !== undefined && isEmpty(volume.image.pullPolicy)) volume.image.pullPolicy = defaultPullPolicy(volume.image.reference ?? '');
  const claim = volume.ephemeral?.volumeClaimTemplate?.spec;
  if (claim !== undefined) claim.volumeMode ??= 'Filesystem';
  if (claim?.resources !== undefined) setResourceDefaults(claim.resources);
  setLegacyVolumeDefaults(volume);
}

function setLegacyVolumeDefaults({ iscsi, rbd, azureDisk, scaleIO }: Decoded<Volume>): void {
  if (iscsi !== undefined && isEmpty(iscsi.iscsiInterface)) iscsi.iscsiInterface = 'default';
  if (rbd !== undefined) {
    if (isEmpty(rbd.pool)) rbd.pool = 'rbd';
    if (isEmpty(rbd.user)) rbd.user = 'admin';
    if (isEmpty(rbd.keyring)) rbd.keyring = '/etc/ceph/keyring';
  }
  if (azureDisk !== undefined) {
    azureDisk.cachingMode ??= 'ReadWrite';
    azureDisk.fsType ??= 'ext4';
    azureDisk.readOnly ??= false;
    azureDisk.kind ??= 'Shared';
  }
  if (scaleIO !== undefined) {
    if (isEmpty(scaleIO.storageMode)) scaleIO.storageMode = 'ThinProvisioned';
    if (isEmpty(scaleIO.fsType)) scaleIO.fsType = 'xfs';
  }
}

function isEmpty(text: string | undefined): boolean {
  return text === undefined || text === '';
}
