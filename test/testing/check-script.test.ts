import { UsageError } from '../../src/core/errors';
import { formatFault, formatFinding } from '../../src/core/finding';
import { checkScript } from '../../src/testing/check-script';
import { checkSimulationFile } from '../../src/testing/check-simulation';
import type { PodScript } from '../../src/testing/pod-script';
import { simulate, type SimulateOptions } from '../../src/testing/simulate';

function job(spec: object): object {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'etl' }, spec: { template, ...spec } };
}

const indexed = job({ completionMode: 'Indexed', completions: 3 });

test.each<[string, unknown, readonly string[]]>([
  ['a list', [], ['Cannot decode: expected an object, such as { default: { after: 2, exit: 1 } }']],
  ['null', null, ['Cannot decode: null: expected an object, such as { default: { after: 2, exit: 1 } }']],
  ['a field that it does not have', { byOrdr: [] }, ['byOrdr: Unknown field: did you mean byOrder?']],
  ['a field like no other', { frobnicate: 1 }, ['frobnicate: Unknown field: expected one of default, byIndex, byOrder, onDelete, byJob']],
  ['a list in place of one run', { default: [{ after: 1 }] }, ['default: Cannot decode: expected an object, such as { after: 2, exit: 1 }']],
  ['a number in place of a run', { default: 5 }, ['default: Cannot decode: 5: expected an object, such as { after: 2, exit: 1 }']],
  ['one run in place of a list', { byOrder: { after: 1 } }, ['byOrder: Cannot decode: expected a list, such as [{ after: 2, exit: 1 }]']],
  ['a run that is null', { byOrder: [{ after: 1 }, null] }, ['byOrder[1]: Cannot decode: null: expected an object, such as { after: 2, exit: 1 }']],
  ['a mistyped field of a run', { default: { aftr: 2 } }, ['default.aftr: Unknown field: did you mean after?']],
  ['a text for a time', { default: { after: 'x' } }, ['default.after: Cannot decode: "x": expected a number of seconds, 0 or more']],
  ['a time that is none', { default: { after: Number.NaN } }, ['default.after: Invalid value: "NaN": expected a number of seconds, 0 or more']],
  ['a negative time', { byOrder: [{ after: -1 }] }, ['byOrder[0].after: Invalid value: -1: expected a number of seconds, 0 or more']],
  ['an exit code that is too large', { default: { exit: 256 } }, ['default.exit: Invalid value: 256: expected an exit code, a whole number from 0 to 255']],
  ['a fraction of an exit code', { default: { exits: { main: 1.5 } } }, ['default.exits[main]: Invalid value: 1.5: expected an exit code, a whole number from 0 to 255']],
  ['a word for how pods end', { onDelete: 'foo' }, ['onDelete: Cannot decode: "foo": expected an object, such as { after: 1, exit: 143 }']],
  ['a word for true', { default: { hang: 'yes' } }, ['default.hang: Cannot decode: "yes": expected true or false']],
  ['a phase of no end', { default: { phase: 'Running' } }, ['default.phase: Unsupported value: "Running": expected one of Failed, Succeeded']],
  ['a condition without type', { default: { condition: { status: 'True' } } }, ['default.condition.type: Required value']],
  ['a run of a container without exit code', { default: { runs: [{ after: 1 }] } }, ['default.runs[0].exit: Required value']],
  [
    'keys that are no indexes',
    { byIndex: { 'x': [], '-1': [], '01': [] } },
    ['x', '-1', '01'].map((key) => `byIndex[${key}]: Invalid value: "${key}": a key is a completion index, a whole number from 0`),
  ],
  ['an index that there is not', { byIndex: { 2: [], 3: [] } }, ['byIndex[3]: Invalid value: "3": there is no such index: the Job has the indexes 0 to 2']],
  ['several mistakes', { byOrder: [{ exit: -1, hung: true }], onDelete: { afer: 1 } }, [
    'byOrder[0].exit: Invalid value: -1: expected an exit code, a whole number from 0 to 255',
    'byOrder[0].hung: Unknown field: did you mean hang?',
    'onDelete.afer: Unknown field: did you mean after?',
  ]],
])('a script with %s gets findings', (_, script, expected) => {
  const found = checkScript(script, { indexes: 3 });
  expect(found.map((finding) => (finding.field === '' ? formatFault(finding) : formatFinding(finding)))).toEqual(expected);
});

test.each<[string, PodScript]>([
  ['nothing', {}],
  ['all that it may have', {
    default: { after: 0.5, exit: 255, exits: { main: 0 }, hang: false, ready: true, pending: false, neverStart: false },
    byIndex: { 0: [{ runs: [{ after: 1, exit: 0 }], initRuns: [], initExit: 3 }], 2: [] },
    byOrder: [{ condition: { type: 'DisruptionTarget', status: 'True', reason: 'x' }, phase: 'Failed', podReason: 'Evicted', onDelete: { never: true } }],
    onDelete: { after: 100, exit: 0 },
  }],
  ['a pod that never ends', { default: { after: Number.POSITIVE_INFINITY } }],
])('a script with %s has none', (_, script) => {
  expect(checkScript(script, { indexes: 3 })).toEqual([]);
});

test.each<[string, object, unknown, readonly string[]]>([
  ['a Job without indexes', job({ completions: 3 }), { byIndex: { 0: [] } }, ['byIndex[0]: Invalid value: "0": the pods have no index: the Job is not Indexed; use byOrder or default']],
  ['one index', job({ completionMode: 'Indexed', completions: 1 }), { byIndex: { 1: [] } }, ['byIndex[1]: Invalid value: "1": there is no such index: the Job has only index 0']],
  ['a CronJob', { kind: 'CronJob', spec: { jobTemplate: { spec: { completionMode: 'Indexed', completions: 2 } } } }, { byIndex: { 2: [] } }, [
    'byIndex[2]: Invalid value: "2": there is no such index: the Job has the indexes 0 to 1',
  ]],
  ['indexes that a client adds later', indexed, { script: { byIndex: { 4: [] } }, actions: [{ at: 1, op: 'patch', patch: { spec: { completions: 5 } } }] }, []],
  ['the containers of the pods', job({}), { default: { exits: { mains: 1, sidecar: 2 } }, byOrder: [{ initExit: 3 }] }, [
    'byOrder[0].initExit: Forbidden: the pods have no init container; leave initExit out',
    'default.exits[mains]: Invalid value: "mains": did you mean main?',
    'default.exits[sidecar]: Invalid value: "sidecar": there is no container of this name; there is only main',
  ]],
  ['a story', indexed, { script: { defalt: {} }, until: 'soon', actions: [{ at: -1, op: 'suspnd' }, { op: 'patch', ptch: {} }, 3], seed: 1 }, [
    'script.defalt: Unknown field: did you mean default?',
    'until: Cannot decode: "soon": expected a number of virtual seconds, 0 or more',
    'actions[0].at: Invalid value: -1: expected a number of seconds since the begin, 0 or more',
    'actions[0].op: Unsupported value: "suspnd": did you mean suspend?',
    'actions[1].ptch: Unknown field: did you mean patch?',
    'actions[1].at: Required value',
    'actions[2]: Cannot decode: 3: expected an object, such as { at: 5, op: suspend }',
    'seed: Unknown field: expected one of script, actions, until',
  ]],
])('a file is held against %s', (_, manifest, value, expected) => {
  expect(checkSimulationFile(value, [manifest]).map(formatFinding)).toEqual(expected);
});

test('JavaScript that passes what cannot be simulated gets one error with all that is wrong', () => {
  const script = { default: { aftr: 1 }, byIndex: { 7: [] } } as unknown as PodScript;
  const options = { until: Number.NaN, startAt: new Date('x'), actions: [{ at: 1, op: 'frobnicate' }], sead: 1 } as unknown as SimulateOptions;
  expect(() => simulate(indexed, script, options)).toThrow(new UsageError([
    'Cannot simulate:',
    '  script.default.aftr: Unknown field: did you mean after?',
    '  script.byIndex[7]: Invalid value: "7": there is no such index: the Job has the indexes 0 to 2',
    '  options.until: Invalid value: "NaN": expected a number of virtual seconds, 0 or more',
    '  options.startAt: Invalid value: expected a Date',
    '  options.actions[0].op: Unsupported value: "frobnicate": expected one of patch, suspend, resume, annotate, delete, deleteJob, replaceJob, '
    + 'createJob, createConfigMap, deletePod, deletePods, evictPod, patchPod, patchPodStatus, createPod, patchCron, suspendCron, resumeCron, '
    + 'annotateCron, patchCronStatus, deleteCron, createCron, createJobFromCron',
    '  options.sead: Unknown field: did you mean seed?',
  ].join('\n')));
});

test.each([undefined, null, 'etl'])('a manifest that is %s is refused by its findings', (manifest) => {
  expect(simulate(manifest as never)).toMatchObject({ pods: [], findings: [{ message: expect.stringContaining('expected an object with apiVersion and kind') }] });
});
