import { versionText } from '../../src/engine/version-text';

test.each([0, 9, 999, 1000, 1001, 1999, 2000, 10_042, 999_999, 1_000_000, 12_345_678])('%i is written as it is', (version) => {
  expect(versionText(version)).toBe(String(version));
});
