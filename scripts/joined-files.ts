/**
 * The files of `src` that one compiled file holds together, because who uses one of them uses nearly all.
 *
 * A file of 50 lines costs node 0.4 ms to find, read and wrap, and a sound manifest is judged by a hundred of them. So what it needs stands
 * here, and what only some manifests need, or other commands, does not: `validate` would read it in vain. test/loading.test.ts says
 * which file is missing.
 */
export const joinedFiles: Readonly<Record<string, readonly string[]>> = {
  core: filesOf({
    core: 'assert copy-json errors field-path file-error finding given go-time json json-text remembered shown-text time unicode-blanks',
  }),
  cli: filesOf({
    'cli': 'commands late-compiler plain-call run-command',
    'cli/terminal': 'output',
  }),
  kinds: filesOf({
    api: 'kinds kueue labels selector',
  }),
  api: filesOf({
    api: 'api-server create-strategy defaults feature-gates field-entry field-table fields gitops image-reference job-set names order output-places '
      + 'outputs quantity',
  }),
  rules: filesOf({
    'rules': 'admit check-job prepare same-name validate-manifest',
    'rules/decode': 'batch-kind decode gates number-text shapes',
    'rules/job': 'job label-selector metadata scheduling selector',
    'rules/pod': 'check-container check-pod container containers env host-namespaces pod resource-names resources template',
    'rules/rule': 'merge-repeats paths rule silence-annotation versions wrap',
    'rules/rule/makers': 'make-rule makers maps names reader',
  }),
  hints: filesOf({
    'rules': 'outputs own-annotations peers silence tell',
    'rules/hints': 'advice advice-rule check-hints command-advice exported image-advice peers-advice queue schedule-advice warnings',
  }),
  security: filesOf({
    'rules/pod': 'seccomp security',
  }),
  volumes: filesOf({
    'rules/hints': 'volume-overlaps',
    'rules/volume': 'check-volume mount volume',
  }),
  yaml: filesOf({
    yaml: 'block-lines chunk decode-bytes document-source kubectl-objects node-checks node-tree parse-yaml plain-scalars read-manifests reading-findings simple-value '
      + 'split-stream text-checks tolerant-parse',
  }),
  validate: filesOf({
    'cli/commands': 'validate',
    'cli/app': 'app-file',
    'cli/input': 'api-server find-manifests load-input manifest-file manifest-words place-finding telling-options',
    'cli/tables': 'order-findings read-summary validation-report',
    'cli/validation': 'check-file check-files report',
  }),
  next: filesOf({
    'cli/commands': 'next next-definition',
  }),
  schedule: filesOf({
    schedule: 'advice cron-fields describe go-text next-run parse read-item read-times schedule skipped-day wall-clock zone-offsets',
  }),
  engine: filesOf({
    'core': 'changing-map graph run-order waiting-line',
    'engine': 'admission-plugins backoff claim-pods conditions container-events container-restart controller count-pods cron-history '
      + 'cron-job-admission cron-job-controller cron-job-reconciliation cron-job-template cron-rest cron-wake deadline decide equal event-expiry '
      + 'failure-policy garbage-collector hash-tree indexes invariants job-controller job-reconciliation job-rest keyed-lists keys kubelet '
      + 'manage-pods memory namespace-controllers namespace-strategy object-lists objects orphan-pods pod-end pod-record pod-remarks '
      + 'pod-removal pod-replacement pod-reports pod-rest pod-restart pod-run pod-status pod-template pods prepare random reconcile-cron-job '
      + 'reconcile-job recorder service-strategy status step store success-policy suspend table timer-queue ttl usual-forms version-text world writes',
    'engine/queue': 'queue-controller quota settings suspend-in-queue workload',
    'local': 'admission',
    'port': 'resources',
    'rules': 'order',
    'schedule': 'known-runs missed-runs',
  }),
  simulate: filesOf({
    testing: 'check-pod-run check-script check-simulation checks container-end newest pod-reasons pod-script scripted-containers '
      + 'scripted-run simulate simulated-admission simulated-jobs simulated-order simulated-outputs trace-pod trace-recorder',
  }),
  local: filesOf({
    api: 'selector-text',
    local: 'allocatable change-log clock cluster-refusals container-environment departed-pods field-selector live-world local-cluster '
      + 'local-kubelet log-buffer marked-processes patched placed process-executor select termination-message watchdog world-history',
  }),
  runtime: filesOf({
    port: 'cluster-port',
    runtime: 'apply apply-object backoff channel check-order cluster event-router job-outputs job-pods job-state log-follow '
      + 'log-position log-run manifests observe observer ordered-jobs preflight recording run run-graph run-watches set-up start-job '
      + 'timers unclaimed wait waiter watch',
  }),
  verdict: filesOf({
    verdict: 'admission attempts classes configuration container containers cron deadline deletion event-facts exit-status '
      + 'failed-cause hints history image indexes job-facts job-pods judge kept-sum message next-attempt node order-of-writing '
      + 'placement pod-ends pod-facts pod-restarts pod-waits pod-work pods-in pods-sum queue queue-hints read running-cause '
      + 'sparse-map waiting',
  }),
  run: filesOf({
    'cli/commands': 'run',
    'cli/input': 'cluster-call job-specs read-queues run-manifests waiting-options',
    'cli/run': 'check-image-commands check-run dry-run going-on interrupts open-display open-view peer-warnings prefix-mode run-json '
      + 'run-outputs run-view several-displays',
    'cli/tables': 'job-summary job-titles verdict-words',
    'core': 'byte-lines',
  }),
  constructs: filesOf({
    'api': 'to-manifest',
    'api/props': 'refusals',
    'constructs': 'checked-object dependencies job-construct job-intentions job-object kind-findings manifest-text native-parts non-parallel-job order output-order peers '
      + 'plus props-way queue scope-intentions scope-server sync-waves unique-name valid-name',
    'constructs/render': 'additions changes generated-name known-cdk8s plain-json read-dependencies render-metadata render-plain rendered-object '
      + 'self-writing watched-metadata',
    'yaml': 'unsafe-strings',
  }),
  synth: filesOf({
    'constructs/render': 'app-settings',
    'synth': 'app app-files construct-tree dependency-order known-app link-charts synthesize write-file',
  }),
  writer: filesOf({
    'constructs/render': 'yaml-writer',
    'yaml': 'write-like-yaml',
  }),
};

/** The name of the file that holds a file of `src`, such as `rules` for `rules/admit`; undefined for one that stands alone. */
export function joinedWith(file: string): string | undefined {
  return homes.get(file);
}

const homes = new Map(Object.entries(joinedFiles).flatMap(([name, files]) => files.map((file) => [file, name])));

function filesOf(folders: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(folders).flatMap(([folder, names]) => names.split(' ').map((name) => `${folder}/${name}`));
}
