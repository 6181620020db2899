/**
 * The fields of a JobSet, in entries as in fields.ts. A template is decoded with the Job that is made of it.
 *
 * @source sigs.k8s.io/jobset config/components/crd/bases/jobset.x-k8s.io_jobsets.yaml (JobSet v0.11.1)
 */
export const jobSetFields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'jobset.JobSet': { apiVersion: 'string', kind: 'string', metadata: 'ObjectMeta', spec: 'jobset.JobSetSpec', status: 'Any' },
  'jobset.JobSetSpec': {
    coordinator: 'jobset.Coordinator',
    failurePolicy: 'jobset.FailurePolicy',
    managedBy: 'string',
    network: 'jobset.Network',
    replicatedJobs: 'jobset.ReplicatedJob[] list=map(name)',
    startupPolicy: 'jobset.StartupPolicy',
    successPolicy: 'jobset.SuccessPolicy',
    suspend: 'boolean',
    ttlSecondsAfterFinished: 'int32',
    volumeClaimPolicies: 'Any[] list=atomic',
  },
  'jobset.ReplicatedJob': {
    dependsOn: 'jobset.DependsOn[] list=map(name)',
    groupName: 'string',
    name: 'string required',
    replicas: 'int32',
    template: 'jobset.JobTemplate required',
  },
  'jobset.JobTemplate': { metadata: 'ObjectMeta', spec: 'v1.JobSpec' },
  'jobset.DependsOn': { name: 'string required', status: 'string required one of Ready|Complete' },
  'jobset.Network': { enableDNSHostnames: 'boolean', publishNotReadyAddresses: 'boolean', subdomain: 'string' },
  'jobset.SuccessPolicy': { operator: 'string required one of All|Any', targetReplicatedJobs: 'string[] list=atomic' },
  'jobset.FailurePolicy': {
    maxRestarts: 'int32',
    restartStrategy: 'string one of Recreate|BlockingRecreate|InPlaceRestart',
    rules: 'jobset.FailurePolicyRule[]',
  },
  'jobset.FailurePolicyRule': {
    action: 'string required one of FailJobSet|RestartJobSet|RestartJobSetAndIgnoreMaxRestarts',
    name: 'string',
    onJobFailureMessagePatterns: 'string[]',
    onJobFailureReasons: 'string[]',
    targetReplicatedJobs: 'string[] list=atomic',
  },
  'jobset.StartupPolicy': { startupPolicyOrder: 'string required one of AnyOrder|InOrder' },
  'jobset.Coordinator': { jobIndex: 'int64', podIndex: 'int64', replicatedJob: 'string required' },
};
