import { validateManifest } from '../../src/rules/validate-manifest';
import { parseSchedule } from '../../src/schedule/parse';
import { judge, startJudging } from '../../src/verdict/judge';
import { readManifestStream } from '../../src/yaml/read-manifests';
import { tapes } from '../../test/verdict/tapes';

/** One way to make an input longer. */
interface Step {
  readonly name: string;
  readonly use: (input: unknown) => void;
  /** An input, and one that is eight times as long. */
  readonly sizes: readonly [short: unknown, long: unknown];
}

/** How many times the work on `long` costs what it costs on `short`: the best of five each, in CPU time, taken in turn. */
export function growthOf<Input>(use: (input: Input) => void, short: Input, long: Input): number {
  use(short);
  use(long);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < 5; run += 1) {
    // Enough of the short one that the clock can tell.
    const turns = Math.max(1, Math.ceil(4000 / costOf(() => use(short))));
    least = Math.min(least, costOf(() => { for (let turn = 0; turn < turns; turn += 1) use(short); }) / turns);
    most = Math.min(most, costOf(() => use(long)));
  }
  return most / Math.max(1, least);
}

/** Microseconds of CPU. */
function costOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

/** The memory of this process, in MB. */
export function largest(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

const job = (name: string): string => [
  'apiVersion: batch/v1', 'kind: Job', 'metadata:', `  name: ${name}`, 'spec:', '  template:', '    spec:', '      restartPolicy: Never',
  '      containers:', '      - {name: main, image: busybox}', '',
].join('\n');

const pod = (fields: object, container: object = {}): object => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'a' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', ...container }], ...fields } } },
});

function listOf<Item>(count: number, item: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

const readingSteps: ReadonlyArray<readonly [string, number, (count: number) => string]> = [
  ['documents', 250, (count) => listOf(count, (index) => job(`a${index}`)).join('---\n')],
  ['documents of JSON, one behind the other', 1000, (count) => listOf(count, (index) => `{"kind":"Job","n":${index}}`).join('')],
  ['keys of a map', 3000, (count) => `a:\n${listOf(count, (index) => `  k${index}: ${index}`).join('\n')}\n`],
  ['items of a list', 3000, (count) => listOf(count, (index) => `- a${index}`).join('\n')],
  ['levels of flow collections', 300, (count) => `${'['.repeat(count)}${']'.repeat(count)}`],
  ['levels of lists', 200, (count) => `${'- '.repeat(count)}a`],
  ['a line of one plain scalar', 20_000, (count) => `a: ${'word '.repeat(count)}`],
  ['lines of one plain scalar', 5000, (count) => `a: b\n${'  c d\n'.repeat(count)}`],
  ['lines of a literal', 5000, (count) => `a: |\n${'  c d: e\n'.repeat(count)}`],
  ['empty lines of a literal', 20_000, (count) => `a: |\n  b\n${'\n'.repeat(count)}c: d\n`],
  ['a quoted text', 20_000, (count) => `a: "${'\\u00e9 '.repeat(count)}"`],
  ['a quoted text that does not end', 20_000, (count) => `a: "${'b '.repeat(count)}`],
  ['comments', 5000, (count) => `a: b\n${'# c\n'.repeat(count)}`],
  ['blanks', 50_000, (count) => `a: b${' '.repeat(count)}# c`],
  ['blank lines', 50_000, (count) => `a: b\n${'\n'.repeat(count)}`],
  ['separators', 5000, (count) => '---\n'.repeat(count)],
  ['ends of documents', 2000, (count) => 'a: b\n...\n'.repeat(count)],
  ['anchors and aliases', 2000, (count) => listOf(count, (index) => `- &a${index} {b: c}\n- *a${index}`).join('\n')],
  ['aliases of one anchor', 2000, (count) => `- &a [b]\n${'- *a\n'.repeat(count)}`],
  ['keys that are there twice', 2000, (count) => listOf(count, (index) => `a${index % 7}: ${index}`).join('\n')],
  ['merges', 1000, (count) => `a: &a {b: c}\nd:\n${listOf(count, (index) => `  e${index}: {<<: *a}`).join('\n')}`],
  ['a number', 20_000, (count) => `a: ${'9'.repeat(count)}`],
  ['colons', 20_000, (count) => `a: ${'b:'.repeat(count)}`],
  ['openings without an end', 1000, (count) => `a: ${'{b: '.repeat(count)}`],
];

const validatingSteps: ReadonlyArray<readonly [string, number, (count: number) => object]> = [
  ['containers', 500, (count) => pod({ containers: listOf(count, (index) => ({ name: `c${index}`, image: 'busybox' })) })],
  ['containers of one name', 500, (count) => pod({ containers: listOf(count, () => ({ name: 'c', image: 'busybox' })) })],
  ['variables', 2000, (count) => pod({}, { env: listOf(count, (index) => ({ name: `A${index}`, value: `$(A${index - 1})` })) })],
  ['variables of one name', 2000, (count) => pod({}, { env: listOf(count, () => ({ name: 'A', value: 'a' })) })],
  ['volumes and their mounts', 500, (count) => pod(
    { volumes: listOf(count, (index) => ({ name: `v${index}`, emptyDir: {} })) },
    { volumeMounts: listOf(count, (index) => ({ name: `v${index}`, mountPath: `/v/${index}` })) },
  )],
  ['devices beside mounts', 500, (count) => pod({}, {
    volumeMounts: listOf(count, (index) => ({ name: `v${index}`, mountPath: `/v/${index}` })),
    volumeDevices: listOf(count, (index) => ({ name: `d${index}`, devicePath: `/d/${index}` })),
  })],
  ['claims of devices', 500, (count) => pod(
    { resourceClaims: listOf(count, (index) => ({ name: `c${index}`, resourceClaimName: 'c' })) },
    { resources: { claims: listOf(count, (index) => ({ name: `c${index}` })) } },
  )],
  ['keys of volumes', 500, (count) => pod({
    volumes: [{ name: 'v', projected: { sources: listOf(count, (index) => ({ secret: { name: 's', items: [{ key: 'k', path: `p${index}` }] } })) } }],
  })],
  ['ports', 1000, (count) => pod({}, { ports: listOf(count, (index) => ({ containerPort: index + 1, name: `p${index}` })) })],
  ['labels', 2000, (count) => ({ ...pod({}), metadata: { name: 'a', labels: Object.fromEntries(listOf(count, (index) => [`l${index}`, 'v'])) } })],
  ['tolerations', 1000, (count) => pod({ tolerations: listOf(count, (index) => ({ key: `k${index}`, operator: 'Exists' })) })],
  ['spread constraints', 500, (count) => pod({
    topologySpreadConstraints: listOf(count, (index) => ({ maxSkew: 1, topologyKey: `k${index}`, whenUnsatisfiable: 'DoNotSchedule' })),
  })],
  ['host aliases', 1000, (count) => pod({ hostAliases: listOf(count, (index) => ({ ip: '10.0.0.1', hostnames: [`h${index}`] })) })],
  ['unknown fields', 1000, (count) => pod(Object.fromEntries(listOf(count, (index) => [`contaners${index}`, 1])))],
  ['a name', 20_000, (count) => ({ ...pod({}), metadata: { name: 'a.'.repeat(count) } })],
  ['a command', 20_000, (count) => pod({}, { command: ['sh', '-c', '$(A) $$(B) "'.repeat(count)] })],
  ['variables that do not end', 20_000, (count) => pod({}, { command: ['$(A '.repeat(count)] })],
  ['an image', 20_000, (count) => pod({}, { image: 'a/'.repeat(count) })],
  ['a quantity', 20_000, (count) => pod({}, { resources: { limits: { cpu: '1'.repeat(count) } } })],
  ['exit codes', 1000, (count) => {
    const { spec, ...others } = pod({}) as { readonly spec: object };
    return { ...others, spec: { ...spec, podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: listOf(count, (index) => index + 1) } }] } } };
  }],
  ['succeeded indexes', 2000, (count) => {
    const { spec, ...others } = pod({}) as { readonly spec: object };
    const succeededIndexes = listOf(count, (index) => `${index * 2}`).join(',');
    return { ...others, spec: { ...spec, completionMode: 'Indexed', completions: 100_000, successPolicy: { rules: [{ succeededIndexes }] } } };
  }],
];

const parsingSteps: ReadonlyArray<readonly [string, number, (count: number) => string]> = [
  ['a list of minutes', 20_000, (count) => `${listOf(count, (index) => index % 60).join(',')} * * * *`],
  ['blanks between fields', 50_000, (count) => `*${' '.repeat(count)}* * * *`],
  ['fields', 20_000, (count) => '* '.repeat(count)],
  ['digits', 50_000, (count) => `${'1'.repeat(count)} * * * *`],
  ['units of a duration', 20_000, (count) => `@every ${'1s'.repeat(count)}`],
  ['steps', 50_000, (count) => `*${'/1'.repeat(count)} * * * *`],
];

const recording = tapes.find(({ name }) => name === 'ok-indexed-5')?.lines ?? [];

/** Everything that is made longer, and what it is given to. */
export const steps: readonly Step[] = [
  ...readingSteps.map(([name, count, write]): Step => ({
    name: `readManifests: ${name}`, use: (text) => { readManifestStream(text as string); }, sizes: [write(count), write(count * 8)],
  })),
  ...validatingSteps.map(([name, count, make]): Step => ({
    name: `validateManifest: ${name}`, use: validateManifest, sizes: [make(count), make(count * 8)],
  })),
  ...parsingSteps.map(([name, count, write]): Step => ({
    name: `parseSchedule: ${name}`, use: (text) => { attempt(() => parseSchedule(text as string)); }, sizes: [write(count), write(count * 8)],
  })),
  {
    name: 'judge: a recording again and again',
    use: (lines) => { judge(lines as typeof recording); },
    sizes: [listOf(4, () => recording).flat(), listOf(32, () => recording).flat()],
  },
  {
    name: 'judge: pods',
    use: (lines) => { judge(lines as typeof recording); },
    sizes: [podsOf(200), podsOf(1600)],
  },
  {
    name: 'judge: a verdict after each change',
    use: (lines) => { judgeEach(lines as typeof recording); },
    sizes: [podsOf(200), podsOf(1600)],
  },
];

function judgeEach(lines: typeof recording): void {
  const judging = startJudging();
  for (const line of lines) {
    judging.observe(line);
    judging.verdict();
  }
}

/** A recording of a Job with many pods. */
function podsOf(count: number): typeof recording {
  const jobLine = recording.find(({ watch }) => watch === 'jobs');
  const podLine = recording.find(({ watch }) => watch === 'pods');
  if (jobLine === undefined || podLine === undefined) throw new Error('the recording has no Job or no pod');
  const withName = (index: number): object => {
    const { metadata, ...others } = structuredClone(podLine.object) as { readonly metadata: object };
    return { ...others, metadata: { ...metadata, name: `pod-${index}`, uid: `uid-${index}` } };
  };
  return [jobLine, ...listOf(count, (index) => ({ ...podLine, at: podLine.at + index, object: withName(index) }))];
}

function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // What is refused has been read too.
  }
}
