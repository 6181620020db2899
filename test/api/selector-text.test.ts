/** Label selectors as Go's labels.Parse of apimachinery v0.37.2 reads them: its answers were recorded, its errors word by word. */
import { matchesSelectorText } from '../../src/api/selector';
import { readSelector, type Requirement } from '../../src/api/selector-text';

const valueFault = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
  + "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const nameFault = "consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or "
  + "'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

test.each<[string, readonly Requirement[]]>([
  ['', []],
  [' ', []],
  ['a>1', [{ key: 'a', operator: 'Gt', values: ['1'] }]],
  ['a in ()', [{ key: 'a', operator: 'In', values: [''] }]],
  ['a in (,)', [{ key: 'a', operator: 'In', values: [''] }]],
  ['a in (b,,c)', [{ key: 'a', operator: 'In', values: ['', 'b', 'c'] }]],
  ['a in (,b)', [{ key: 'a', operator: 'In', values: ['', 'b'] }]],
  ['a notin (b,)', [{ key: 'a', operator: 'NotIn', values: ['', 'b'] }]],
  ['in in (in)', [{ key: 'in', operator: 'In', values: ['in'] }]],
  ['notin', [{ key: 'notin', operator: 'Exists' }]],
  ['!in', [{ key: 'in', operator: 'DoesNotExist' }]],
  ['a==', [{ key: 'a', operator: 'In', values: [''] }]],
  ['a=,b', [{ key: 'a', operator: 'In', values: [''] }, { key: 'b', operator: 'Exists' }]],
  ['! a', [{ key: 'a', operator: 'DoesNotExist' }]],
])('the text %j is read', (text, requirements) => {
  expect(readSelector(text)).toEqual({ requirements });
});

test.each<[string, string]>([
  [',', "found ',', expected: !, identifier, or 'end of string'"],
  ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
  ['!a b', "found 'b', expected: ',' or 'end of string'"],
  ['a=b=c', "found '=', expected: ',' or 'end of string'"],
  ['a!b', "unable to parse requirement: found '!', expected: in, notin, =, ==, !=, gt, lt"],
  ['=x', "found '=', expected: !, identifier, or 'end of string'"],
  ['a<x', "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer"],
  ['a in', "unable to parse requirement: found '' expected: '('"],
  ['a in b', "unable to parse requirement: found 'b' expected: '('"],
  ['a in (b!)', "unable to parse requirement: found '!', expected: ',' or ')'"],
  ['a,,b', "found ',', expected: identifier after ','"],
  ['a,', "found '', expected: identifier after ','"],
  ['!!a', "unable to parse requirement: found '!', expected: identifier"],
  ['a(', "unable to parse requirement: found '(', expected: in, notin, =, ==, !=, gt, lt"],
  ['a)', "unable to parse requirement: found ')', expected: in, notin, =, ==, !=, gt, lt"],
  ['(a)', "found '(', expected: !, identifier, or 'end of string'"],
  ['a===b', "unable to parse requirement: found '=', expected: identifier"],
  ['a=!b', "unable to parse requirement: found '!', expected: identifier"],
  ['a<>b', "unable to parse requirement: found '>', expected: identifier"],
  ['a in (b) c', "found 'c', expected: ',' or 'end of string'"],
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['a=b c', "found 'c', expected: ',' or 'end of string'"],
  ['a*', `unable to parse requirement: <nil>: Invalid value: "a*": name part must ${nameFault}`],
  ['a=x*', `unable to parse requirement: values[0][a]: Invalid value: "x*": ${valueFault}`],
  ['a in (x*, y*)', `unable to parse requirement: [values[0][a]: Invalid value: "x*": ${valueFault}, values[1][a]: Invalid value: "y*": ${valueFault}]`],
  ['a>x*', `unable to parse requirement: [values[0]: Invalid value: "x*": for 'Gt', 'Lt' operators, the value must be an integer, values[0][a]: Invalid value: "x*": ${valueFault}]`],
  ['a>9223372036854775808', "unable to parse requirement: values[0]: Invalid value: \"9223372036854775808\": for 'Gt', 'Lt' operators, the value must be an integer"],
  ['a>+1', `unable to parse requirement: values[0][a]: Invalid value: "+1": ${valueFault}`],
  ['a/b/c', `unable to parse requirement: <nil>: Invalid value: "a/b/c": a valid label key must ${nameFault} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`],
  ['/a', 'unable to parse requirement: <nil>: Invalid value: "/a": prefix part must be non-empty'],
  ['ä=b', `unable to parse requirement: <nil>: Invalid value: "ä": name part must ${nameFault}`],
  ['a=ä', `unable to parse requirement: values[0][a]: Invalid value: "ä": ${valueFault}`],
])('the text %j is refused', (text, problem) => {
  expect(readSelector(text)).toEqual({ problem });
});

test.each<[string, string, boolean]>([
  ['size>5', '6', true], ['size>5', '5', false], ['size<5', '4', true], ['size<5', '5', false], ['size>5', 'six', false], ['other>5', '6', false],
  ['size>9007199254740993', '9007199254740994', true], ['size<5', '9223372036854775808', false],
])('the text %j and a label of %j: %p', (text, size, matches) => {
  expect(matchesSelectorText(text, { size })).toBe(matches);
});

test.each([',', '!a b', 'a in (b', '!a in (b)'])('what cannot be read, as %j, matches nothing', (text) => {
  expect(matchesSelectorText(text, {})).toBe(false);
});
