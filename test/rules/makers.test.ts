import { apiServer } from '../../src/api/api-server';
import { FieldPath } from '../../src/core/field-path';
import { formatFinding } from '../../src/core/finding';
import { forbidden, inRange, notNegative, oneOf, required, unique, wellNamed, withinBytes, withinItems } from '../../src/rules/rule/makers/makers';
import { dnsLabel, dnsSubdomain } from '../../src/rules/rule/makers/names';
import { type Rule, Scope } from '../../src/rules/rule/rule';

const id = 'some-rule';
const examples = { bad: [], good: [{}] };

/** What a rule finds in an object at `spec`, as the API server words it. */
function findingsOf(rule: Rule<object>, target: object): string[] {
  const scope = new Scope(apiServer(37), 'Job');
  scope.check<object>({ at: 'spec', source: '', wrap: () => ({}), rules: [rule] }, target, FieldPath.root.child('spec'));
  return scope.findings.map(formatFinding);
}

const values = ['Always', 'Never'];
const beside = ({ mode }: { readonly mode?: string }): boolean => mode === 'strict';

test.each<[string, Rule<object>, object, string[]]>([
  ['a required field that is missing', required({ id, field: 'name', examples }), {}, ['spec.name: Required value']],
  ['a required field that is empty', required({ id, field: 'list', examples }), { list: [] }, ['spec.list: Required value']],
  ['a required pointer that is empty', required({ id, field: 'name', takesEmpty: true, examples }), { name: '' }, []],
  ['a required field of an object that is missing', required({ id, field: 'os.name', examples }), {}, []],
  ['a required field of an object that is empty', required({ id, field: 'os.name', examples }), { os: {} }, ['spec.os.name: Required value']],
  ['a required field of list elements', required({ id, field: 'list[*].name', examples }), { list: [{ name: 'a' }, {}] }, ['spec.list[1].name: Required value']],
  ['a forbidden field', forbidden({ id, field: 'name', message: 'may not be set', examples }), { name: '' }, ['spec.name: Forbidden: may not be set']],
  ['a field forbidden elsewhere', forbidden({ id, field: 'name', message: 'may not be set', where: beside, examples }), { name: 'a' }, []],
  ['one of no known values', oneOf({ id, field: 'policy', values, examples }), { policy: '' }, ['spec.policy: Unsupported value: "": supported values: "Always", "Never"']],
  ['one of the known values', oneOf({ id, field: 'policy', values, examples }), { policy: 'Never' }, []],
  ['a missing value that counts', oneOf({ id, field: 'policy', values, checks: 'all', examples }), {}, ['spec.policy: Unsupported value: "": supported values: "Always", "Never"']],
  ['an empty value that does not count', oneOf({ id, field: 'policy', values, checks: 'filled', examples }), { policy: '' }, []],
  ['a name blamed elsewhere', wellNamed({ id, field: 'names', reads: 'names[*]', as: dnsLabel, examples }), { names: ['a', 'a.b'] }, ['spec.names: Invalid value: "a.b": must not contain dots']],
  ['a name within lists of lists', wellNamed({ id, field: 'hosts[*].names[*]', as: dnsSubdomain, message: 'bad', examples }), { hosts: [{}, { names: ['a', '-'] }] }, [expect.stringMatching(/^spec\.hosts\[1\]\.names\[1\]: Invalid value: "-": /) as string]],
  ['a name in one of two fields', wellNamed({ id, field: '{one,other}', as: dnsLabel, examples }), { one: 'a', other: 'a.b' }, ['spec.other: Invalid value: "a.b": must not contain dots']],
  ['a number below its limits', inRange({ id, field: 'port', min: 1, max: 9 }), { port: 0 }, ['spec.port: Invalid value: 0: must be between 1 and 9, inclusive']],
  ['a number above its limit', inRange({ id, field: 'port', max: 9 }), { port: 10 }, ['spec.port: Invalid value: 10: must be less than or equal to 9']],
  ['a missing number', inRange({ id, field: 'port', min: 1 }), {}, []],
  ['a negative number', notNegative({ id, field: 'limit' }), { limit: -1 }, ['spec.limit: Invalid value: -1: must be greater than or equal to 0']],
  ['too many elements', withinItems({ id, field: 'list', most: 1, examples }), { list: [1, 2] }, ['spec.list: Too many: 2: must have at most 1 items']],
  ['too many bytes', withinBytes({ id, field: 'text', most: 1, examples }), { text: 'é' }, ['spec.text: Too long: may not be more than 1 bytes']],
  ['repeated values', unique({ id, field: 'list[*].name', examples }), { list: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] }, ['spec.list[2].name: Duplicate value: "a"']],
])('%s', (_, rule, target, findings) => {
  expect(findingsOf(rule, target)).toEqual(findings);
});

test('each target is compared by itself', () => {
  const rule = unique<object>({ id, field: 'list[*]', examples });
  expect([findingsOf(rule, { list: ['a', 'b'] }), findingsOf(rule, { list: ['b', 'a'] })]).toEqual([[], []]);
});

test('a range is shown with the first numbers beyond it, and what they need beside them', () => {
  expect(inRange({ id, field: 'port', min: 1, max: 9 }).examples).toEqual({ bad: [{ port: 0 }, { port: 10 }], good: [{ port: 9 }] });
  expect(notNegative({ id, field: 'limit', beside: { mode: 'x' } }).examples).toEqual({ bad: [{ mode: 'x', limit: -1 }], good: [{ mode: 'x', limit: 0 }] });
});

test('a path that cannot be read is refused when the rule is made', () => {
  expect(() => required({ id, field: 'labels[app]', examples })).toThrow('labels[app] is no path that a rule can read');
});
