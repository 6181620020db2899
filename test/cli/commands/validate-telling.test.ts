import { runMain } from '../run-main';

/** Jobs with a warning of the reader, an advice that is told and one that is held back each. */
function jobs(count: number, annotations = ''): string {
  return Array.from({ length: count }, (_, position) => `apiVersion: batch/v1
kind: Job
metadata:
  name: job-${position}
  annotations: {${annotations}}
spec:
  activeDeadlineSeconds: 0
  backoffLimit: 1
  backoffLimit: 2
  template:
    spec:
      restartPolicy: OnFailure
      containers: [{name: main, image: busybox}]
`).join('---\n');
}

interface Told {
  readonly lines: readonly string[];
  readonly summary: readonly string[];
  readonly status: number;
}

async function validate(input: string, ...flags: string[]): Promise<Told> {
  const { stdout, status } = await runMain(['validate', '-', ...flags], { input });
  const [findings = '', summary = ''] = stdout.includes('\n\n') ? stdout.split('\n\n') : ['', stdout];
  return { lines: findings.split('\n').filter(Boolean).map((line) => line.split(/\s+/).at(-1) ?? ''), summary: summary.trim().split('\n'), status };
}

const counted = (words: string): string => `1 file, 1 document, 1 Job: 0 errors, ${words} (Kubernetes 1.37)`;

test.each<[string, string[], string, string[], string[]]>([
  ['held back advice is counted', [], '', ['yaml-duplicate-key', 'active-deadline-leaves-time'],
    ['1 piece of advice held back: --advice all shows it', counted('1 warning, 1 advice')]],
  ['all advice is told on request', ['--advice', 'all'], '', ['yaml-duplicate-key', 'active-deadline-leaves-time', 'on-failure-hides-logs'],
    [counted('1 warning, 2 advice')]],
  ['no advice is told on request', ['--advice', 'none'], '', ['yaml-duplicate-key'],
    ['2 pieces of advice held back: --advice all shows them', counted('1 warning')]],
  ['ids are silenced for a call', ['--silence', 'active-deadline-leaves-time,on-failure-hides-logs', '--silence', 'yaml-duplicate-key'], '', [],
    ['3 findings silenced', counted('0 warnings')]],
  ['ids are silenced for an object, those of the reader too', [], 'cdk8s-jobs/silence: "yaml-duplicate-key"', ['active-deadline-leaves-time'],
    ['1 piece of advice held back: --advice all shows it; 1 finding silenced', counted('0 warnings, 1 advice')]],
  ['an id that there is not is told', ['--advice', 'none'], 'cdk8s-jobs/silence: "yaml-duplicate-keys"', ['yaml-duplicate-key', 'silence-names-a-finding'],
    ['2 pieces of advice held back: --advice all shows them', counted('2 warnings')]],
])('%s', async (_, flags, annotations, lines, summary) => {
  expect(await validate(jobs(1, annotations), ...flags)).toEqual({ lines, summary, status: 0 });
});

test('several are counted together', async () => {
  const { summary } = await validate(jobs(3));
  expect(summary[0]).toBe('3 pieces of advice held back: --advice all shows them');
});

test('an item of a list silences what is found in itself', async () => {
  const items = [jobs(1, 'cdk8s-jobs/silence: "yaml-duplicate-key"'), jobs(1).replace('job-0', 'job-1')].map((job) => `- ${job.trimEnd().replaceAll('\n', '\n  ')}\n`);
  const { lines } = await validate(`apiVersion: v1\nkind: List\nitems:\n${items.join('')}`, '--advice', 'none');
  expect(lines).toEqual(['yaml-duplicate-key']);
});

test('what is found between objects is silenced by the object that it is about', async () => {
  const after = jobs(1, 'cdk8s-jobs/after: other, cdk8s-jobs/silence: "after-names-a-job, yaml-duplicate-key"');
  expect((await validate(after, '--advice', 'none')).lines).toEqual([]);
});

test('JSON has the numbers, and GitHub the line on stderr', async () => {
  const { stdout } = await runMain(['validate', '-', '-o', 'json', '--silence', 'yaml-duplicate-key'], { input: jobs(2) });
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, errors: 0, warnings: 0, advice: 2, heldBack: 2, silenced: 2, findings: [{}, {}] });
  const { stdout: annotations, stderr } = await runMain(['validate', '-', '-o', 'github'], { input: jobs(2) });
  expect(annotations).not.toContain('on-failure-hides-logs');
  expect(stderr).toMatch(/^2 pieces of advice held back: --advice all shows them$/m);
});

test.each([
  [['--silence', 'on-failure-hide-logs'], 'on-failure-hide-logs: there is no finding of this id: did you mean on-failure-hides-logs?'],
  [['--silence', 'parallelism-not-negative'], 'parallelism-not-negative: it is an error: only warnings and advice can be silenced'],
  [['--advice', 'some'], 'Allowed choices are default, all, none'],
])('wrong usage is said: %j', async (flags, says) => {
  const { status, stderr } = await runMain(['validate', '-', ...flags], { input: jobs(1) });
  expect(status).toBe(125);
  expect(stderr).toContain(says);
});
