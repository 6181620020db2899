import { suggestQuantities } from '../../src/rules/decode/suggest-quantity';
import { inJob } from '../../src/rules/rule/wrap';
import { validateManifest } from '../../src/rules/validate-manifest';

test.each([
  ['64mb', ['64Mi', '64M']],
  ['64MB', ['64Mi', '64M']],
  ['1 GB', ['1Gi', '1G']],
  ['1.5KiB', ['1.5Ki']],
  ['1gi', ['1Gi']],
  ['2K', ['2Ki', '2k']],
  ['1,5', ['1.5']],
  ['512 bytes', ['512']],
  ['500mcpu', ['500m']],
  ['2 cores', ['2']],
  ['lots', []],
  ['64constructor', []],
  ['1.2.3Mi', []],
  ['', []],
  [`${'1'.repeat(100)}mb`, []],
])('%s was perhaps %j', (text, meant) => {
  expect(suggestQuantities(text)).toEqual(meant);
});

/** The words of the API server. */
const format = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

test.each([
  ['64mb', format, 'did you mean "64Mi" or "64M"?'],
  ['lots', format, 'a quantity is a number and one of the suffixes n u m k M G T P E Ki Mi Gi Ti Pi Ei'],
  ['1KM', "unable to parse quantity's suffix", 'a quantity is a number and one of the suffixes n u m k M G T P E Ki Mi Gi Ti Pi Ei'],
])('the message about %s is: %s (%s)', (memory, message, hint) => {
  const containers = [{ name: 'main', image: 'busybox', resources: { limits: { memory } } }];
  const manifest = inJob({ template: { spec: { restartPolicy: 'Never', containers } } });
  expect(validateManifest(manifest)).toContainEqual(expect.objectContaining({ rule: 'quantity-parses', value: memory, message, hint }));
});
