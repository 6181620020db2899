import {
  byteLength, canonicalIpv6, checkConfigMapKey, checkDnsLabel, checkDnsSubdomain, checkDomainPrefixedPath, checkEnvName, checkLabelValue,
  checkPathSegment, checkPortName,
  checkQualifiedName, checkStrictEnvName, checkSubdomainPrefix, isIpAddress,
} from '../../src/api/names';

type Grammar = [name: string, check: (text: string) => readonly unknown[], accepted: string[], refused: string[]];

const x = (count: number): string => 'x'.repeat(count);

const grammars: Grammar[] = [
  [
    'DNS label', checkDnsLabel, ['a', '0', 'a-b', '1-1', 'a--b', x(63), 'kube-system'],
    ['', '-', 'a-', '-a', 'A', 'aB', 'a_b', 'a.b', 'a b', ' a', 'a ', 'é', x(64), 'a/b', 'a\n', 'a:b'],
  ],
  [
    'DNS subdomain', checkDnsSubdomain, ['a', 'a.b', 'a-b.c-d', '1.2.3', x(127), x(253), 'a--b.c', '0.0', 'abc.def-ghi'],
    ['', '.', 'a.', '.a', 'a..b', 'A.b', 'a_b', 'a-.b', 'a.-b', 'a b', x(254), 'a/b', 'é.b', 'a.b-', '*.a'],
  ],
  ['prefix of a subdomain', checkSubdomainPrefix, ['a-', 'a_-', 'demo-'], ['Bad-', '-']],
  ['segment of a path', checkPathSegment, ['a', 'A_b', 'system:x', '...', 'a b'], ['.', '..', 'a/b', '50%']],
  [
    'label value', checkLabelValue, ['', 'a', 'A', '0', 'a.b', 'a_b', 'a-b', 'a..b', 'a__b', 'v1.2.3', x(63), 'a-_.b'],
    ['-a', 'a-', '_a', 'a_', '.a', 'a.', 'a b', 'a/b', 'é', x(64), 'a:b', 'a,b', '-', '.', ' ', 'a\n'],
  ],
  [
    'qualified name', checkQualifiedName, ['a', 'A', '0', 'a.b', 'a_b', 'MyName', 'example.com/a', 'a/B', 'a.b.c/x_y', x(63), '1.2/3'],
    ['', 'a b', '-a', 'a-', '/a', 'a/', 'a/b/c', 'Example.com/a', 'a_b/c', x(64), 'a..b/c', 'é', 'a/ b', '.a', `a/${x(64)}`, '-.a/b', `${x(254)}/a`],
  ],
  [
    'name of an environment variable', checkEnvName, ['A', 'a', '_', '1', '-', 'a.b', 'a b', '..', '!', '~', 'A:B', 'a/b', '{}', x(1000)],
    ['', '=', 'A=', '=A', 'A=B', 'É', 'A\tB', 'A\nB', '\u00a0', '\u007f', '日', 'a\u200bb', '\u0001', 'a\r'],
  ],
  [
    'name of an environment variable up to 1.31', checkStrictEnvName, ['A', '_', '-', 'a.b', '.a'],
    ['1', 'a b', '..', '.', '..a', '!', '~', 'A:B', 'a/b', '{}'],
  ],
  ['port name', checkPortName, ['a', 'a1', '1a', 'http', 'a-b', x(15)], ['-a', 'a-', 'a--b', 'A', '1', 'a_b', 'a.b', x(16), 'é', 'a b', '--']],
  ['config map key', checkConfigMapKey, ['a', 'A.b', '_', '-', '.a', 'a..b', 'a...', x(253)], ['', '.', '..', '..a', 'a b', 'a/b', 'é', x(254), 'a:b']],
  [
    'domain-prefixed path', checkDomainPrefixedPath, ['a/b', 'a.io/b', 'a.io/b/c', 'a/%20', 'a/b:c', 'a/~', 'a/!$&\'()*+,;=', '1/2'],
    ['a', 'a/', '/b', 'A/b', 'a_b/c', 'a/b c', 'a/b?c', 'a/b#c', 'a/é', 'a/b@c', 'a..b/c'],
  ],
];

describe.each(grammars)('%s', (_, check, accepted, refused) => {
  test.each(accepted)('accepts %j', (text) => expect(check(text)).toEqual([]));
  test.each(refused)('refuses %j', (text) => expect(check(text)).not.toEqual([]));
});

test.each([['', 0], ['a', 1], ['é', 2], ['日', 3], ['😀', 4], ['\ud800', 3]])('%j has %i bytes', (text, bytes) => {
  expect(byteLength(text)).toBe(bytes);
});

test.each([
  ['10.0.0.1', true, true], ['010.0.0.1', false, true], ['256.0.0.1', false, false], ['1.2.3', false, false], ['::1', true, true], ['2001:db8::1', true, true],
  ['::ffff:1.2.3.4', false, true], ['1::2::3', false, false], [':::', false, false], ['1:2:3:4:5:6:7:8', true, true], ['1:2:3:4:5:6:7', false, false], ['x', false, false],
])('%s: strictly an address %s, loosely %s', (text, strict, loose) => {
  expect([isIpAddress(text, true), isIpAddress(text, false)]).toEqual([strict, loose]);
});

test.each([['2001:DB8::1', '2001:db8::1'], ['0:0:0:0:0:0:0:1', '::1'], ['1:0:0:2:0:0:0:3', '1:0:0:2::3'], ['10.0.0.1', undefined]])('%s in canonical form is %s', (text, canonical) => {
  expect(canonicalIpv6(text)).toBe(canonical);
});
