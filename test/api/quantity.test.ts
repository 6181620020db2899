import fc from 'fast-check';
import { compareQuantities, formatQuantity, isWholeQuantity, roundToMilli, tryParseQuantity } from '../../src/api/quantity';

const accepted = [
  '0', '1', '-0', '+1', '1.', '0.5', '.5', '00.10', '100m', '0.1m', '1u', '1n', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1.5Gi', '1Ei', '8Ei',
  '1e3', '1E3', '1e-3', '1e+3', '1.5e3', '9223372036854775808', '1000000000000000000000', '0.0000000001', '1e30', '1e0', '1e-30', ' 1', '1 ', '.',
  '-', '+', 'm', 'Ki', 'e3', 'E', '1.m', '-.',
];
const refused = [
  '', '1K', '1ki', '1kI', '1mi', '1MB', '1Gb', '1g', '1t', '1Kib', '1KiB', '1,5', '1_000', '0x10', '1.2.3', '--1', '1e', '1e1.5', 'abc', '1m1',
  '1 Gi', '∞', 'NaN', '1i', '+-1', '1ee3', 'e', 'i', ' ', '1Kim', '5Ki5', 'Mi1', '1..m', '1e+', 'µ', '1e99999999999',
];

test.each(accepted)('%j is a quantity', (text) => {
  expect(tryParseQuantity(text)).toBeDefined();
});

test.each(refused)('%j is none', (text) => {
  expect(tryParseQuantity(text)).toBeUndefined();
});

test.each([
  ['1.5', '1500m'], ['0.5Gi', '512Mi'], ['1000m', '1'], ['1e3', '1e3'], ['1024', '1024'], ['1000', '1k'], ['0.0000000001', '1n'],
  ['1.5Ki', '1536'], ['2048Ki', '2Mi'], ['1000Ki', '1000Ki'], ['8Ei', '9223372036854775807'], ['-1500m', '-1500m'], ['-0', '0'], ['100000E', '100000E'], ['Ki', '0'],
  ['0.0001Ki', '102400u'],
])('%j in canonical form is %j', (text, canonical) => {
  expect(formatQuantity(tryParseQuantity(text)!)).toBe(canonical);
});

test('a huge exponent costs nothing', () => {
  expect(compareQuantities(tryParseQuantity('1e100000000')!, tryParseQuantity('1e30')!)).toBeGreaterThan(0);
  expect(formatQuantity(tryParseQuantity('1e-100000000')!)).toBe('1e-9');
});

test('thousandths are rounded up', () => {
  expect(formatQuantity(roundToMilli(tryParseQuantity('0.1m')!))).toBe('1m');
  expect(formatQuantity(roundToMilli(tryParseQuantity('-0.1m')!))).toBe('-1m');
  expect(isWholeQuantity(tryParseQuantity('1.5')!)).toBe(false);
});

test('canonical text means the same amount', () => {
  const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3', 'e-3');
  fc.assert(fc.property(fc.integer(), fc.nat(999), suffix, (whole, fraction, unit) => {
    const quantity = tryParseQuantity(`${whole}.${fraction}${unit}`)!;
    expect(compareQuantities(tryParseQuantity(formatQuantity(quantity))!, quantity)).toBe(0);
  }));
});
