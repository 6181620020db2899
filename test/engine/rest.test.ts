import type { Scenario } from './scenario';
import * as withShortcuts from './scenario';

/** The scenarios as they are played by an engine that takes no reconciliation for one that changes nothing. */
const withoutShortcuts = loadWithout();

const crashing = { default: { runs: [{ after: 1, exit: 1 }, { after: 12, exit: 0 }] } };
const failing = { byOrder: [{ after: 2, exit: 0 }, { after: 3, exit: 1 }, { after: 90, exit: 0 }, { reason: 'Evicted', after: 4 }], default: { after: 61 } };
const minutely = { schedule: '* * * * *', jobTemplate: { spec: { backoffLimit: 0 } } };
const more: readonly (readonly [string, Pick<Scenario, 'actions' | 'cronJob' | 'job' | 'podScript'>])[] = [
  ['a CronJob whose Jobs fail and overlap', { cronJob: { ...minutely, failedJobsHistoryLimit: 2 }, podScript: failing }],
  ['one that forbids that', { cronJob: { ...minutely, concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 20 }, podScript: failing }],
  ['one that replaces its Jobs', { cronJob: { ...minutely, concurrencyPolicy: 'Replace', successfulJobsHistoryLimit: 0 }, podScript: failing }],
  ['one whose Jobs are held by finalizers when they are too old', {
    cronJob: { ...minutely, successfulJobsHistoryLimit: 1 },
    podScript: {},
    actions: [{ at: 70, op: 'annotate', job: 0, patch: { metadata: { finalizers: ['example.com/held'] } } }],
  }],
  ['one that is suspended, changed and deleted', {
    cronJob: minutely,
    podScript: {},
    actions: [
      { at: 90, op: 'suspendCron' }, { at: 200, op: 'resumeCron' }, { at: 300, op: 'patchCron', patch: { spec: { schedule: '*/2 * * * *' } } },
      { at: 420, op: 'patchCronStatus', lastScheduleAgo: 400 }, { at: 500, op: 'deleteCron', policy: 'Foreground' },
    ],
  }],
  ['a pod whose containers start over', { job: { template: { spec: { restartPolicy: 'OnFailure' } } }, podScript: crashing }],
  ['a pod with a sidecar and a deadline', {
    job: { template: { spec: { activeDeadlineSeconds: 30, initContainers: [{ name: 'beside', image: 'x', restartPolicy: 'Always' }] } } },
    podScript: { default: { hang: true } },
  }],
];

test.each(withShortcuts.scenarios.map((scenario) => [scenario.id, scenario] as const))('%s goes the same way without shortcuts', (_, scenario) => {
  expect(JSON.stringify(withShortcuts.play(scenario))).toBe(JSON.stringify(withoutShortcuts.play(scenario)));
});

test.each(more)('%s goes the same way without shortcuts', (_, given) => {
  const scenario = { id: 'more', layer: 'job', runFor: 1200, expect: {}, ...given };
  const trace = withShortcuts.play(scenario);
  expect(trace.findings).toEqual([]);
  expect(JSON.stringify(trace)).toBe(JSON.stringify(withoutShortcuts.play(scenario)));
});

function loadWithout(): typeof withShortcuts {
  let loaded: typeof withShortcuts | undefined;
  jest.isolateModules(() => {
    jest.doMock('../../src/engine/cron-rest', () => ({ wakeOfRest: () => undefined, noteJobOfRests: () => undefined, forgetRest: () => undefined }));
    jest.doMock('../../src/engine/job-rest', () => ({ isJobAtRest: () => false }));
    jest.doMock('../../src/engine/pod-rest', () => ({ isPodAtRest: () => false }));
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- modules of their own, with other modules in them
    loaded = require('./scenario') as typeof withShortcuts;
  });
  if (loaded === undefined) throw new Error('the scenarios were not loaded');
  return loaded;
}
