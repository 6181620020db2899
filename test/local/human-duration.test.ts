import { humanDuration } from '../../src/local/human-duration';

const [minute, hour, day, year] = [60, 3600, 86_400, 365 * 86_400];

const table: ReadonlyArray<readonly [seconds: number, text: string]> = [
  [-2, '<invalid>'], [-1.5, '0s'], [-1, '0s'], [0, '0s'], [59.9, '59s'], [119, '119s'], [2 * minute, '2m'], [2 * minute + 10, '2m10s'],
  [10 * minute - 1, '9m59s'], [10 * minute, '10m'], [3 * hour - 1, '179m'], [3 * hour, '3h'], [3 * hour + minute, '3h1m'], [8 * hour - 1, '7h59m'],
  [8 * hour, '8h'], [2 * day - 1, '47h'], [2 * day, '2d'], [2 * day + hour, '2d1h'], [8 * day - 1, '7d23h'], [8 * day, '8d'],
  [2 * year - 1, '729d'], [2 * year, '2y'], [2 * year + day, '2y1d'], [8 * year - 1, '7y364d'], [8 * year, '8y'], [80 * year, '80y'],
];

test.each(table)('%d seconds are %s', (seconds, text) => {
  expect(humanDuration(seconds)).toBe(text);
});
