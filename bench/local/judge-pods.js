// Plain JavaScript: judges a Job of so many pods after each of its changes, and prints the ms of CPU that took.
const { join } = require('node:path');

const [folder, way, size] = process.argv.slice(2);
const { startJudging } = require(join(folder, 'verdict', 'judge.js'));
const count = Number(size);
const going = { deletionTimestamp: '2026-11-23T20:00:40Z', deletionGracePeriodSeconds: 30 };
const judging = startJudging({ uid: 'job' });
let version = 0;

function see(watch, metadata, rest) {
  version += 1;
  judging.observe({ at: version / 1000, watch, type: 'MODIFIED', object: { ...rest, metadata: { ...metadata, resourceVersion: String(version) } } });
  judging.verdict();
  judging.failFast(version / 1000);
  return judging.nextAttempt;
}

function seeJob(status) {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main' }] } };
  see('jobs', { name: 'job', uid: 'job' }, { kind: 'Job', spec: { parallelism: way === '8 at once' ? 8 : count, completions: count, backoffLimit: 0, template }, status });
}

function seePod(pod, status, metadata = {}) {
  const ownerReferences = [{ kind: 'Job', uid: 'job', controller: true }];
  see('pods', { name: `pod-${pod}`, uid: `pod-${pod}`, ownerReferences, ...metadata }, { kind: 'Pod', spec: { containers: [{ name: 'main' }] }, status });
}

function start(pod) {
  seePod(pod, { phase: 'Pending' });
  seePod(pod, { phase: 'Running', containerStatuses: [{ name: 'main', state: { running: {} } }] });
}

function end(pod, exitCode, metadata) {
  const terminated = { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', finishedAt: '2026-11-23T20:00:02Z' };
  seePod(pod, { phase: exitCode === 0 ? 'Succeeded' : 'Failed', containerStatuses: [{ name: 'main', state: { terminated } }] }, metadata);
}

function succeed(pod) {
  end(pod, 0);
  seeJob({ succeeded: pod + 1 });
}

const before = process.cpuUsage();
seeJob({});
const ahead = way === '8 at once' ? 8 : count;
for (let pod = 0; pod < count; pod += 1) {
  start(pod);
  if (way !== 'all at once, one fails' && pod >= ahead) succeed(pod - ahead);
}
if (way === 'all at once, one fails') {
  end(0, 1);
  seeJob({ conditions: [{ type: 'FailureTarget', status: 'True', reason: 'BackoffLimitExceeded' }] });
  for (let pod = 1; pod < count; pod += 1) {
    seePod(pod, { phase: 'Running', containerStatuses: [{ name: 'main', state: { running: {} } }] }, going);
    end(pod, 137, going);
  }
} else {
  for (let pod = count - ahead; pod < count; pod += 1) succeed(pod);
}
const { user, system } = process.cpuUsage(before);
process.stdout.write(String((user + system) / 1000));
