import { canonicalReferenceFault } from '../../src/api/canonical-reference';

const digest = (algorithm: string, length: number): string => `registry.example.com/a@${algorithm}:${'0'.repeat(length)}`;

test.each<[text: string, fault: string | undefined]>([
  [digest('sha256', 64), undefined],
  ['docker.io/library/a:1', undefined],
  ['a', 'repository name must be canonical'],
  ['docker.io/a', 'repository name must be canonical'],
  ['Always', 'invalid reference format: repository name (library/Always) must be lowercase'],
  ['registry.example.com/A/b:1', 'invalid reference format: repository name (A/b) must be lowercase'],
  ['a b', 'invalid reference format'],
  ['registry.example.com/a:-', 'invalid reference format'],
  [digest('sha256', 63), 'invalid checksum digest length'],
  [digest('md5', 32), 'unsupported digest algorithm'],
  [digest('sha256', 64).replace(/0$/, 'A'), 'invalid checksum digest format'],
  [digest('sha256', 31), 'invalid reference format'],
  ['0'.repeat(64), `invalid repository name (${'0'.repeat(64)}), cannot specify 64-byte hexadecimal strings`],
  [`registry.example.com/${'a'.repeat(256)}`, 'repository name must not be more than 255 characters'],
])('%s: %s', (text, fault) => {
  expect(canonicalReferenceFault(text)).toBe(fault);
});
