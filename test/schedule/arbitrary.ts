import fc from 'fast-check';
import { cronFields } from '../../src/schedule/cron-fields';

/** The seed of the properties: `CDK8S_JOBS_SEED`, or a fresh one. Failures print it. */
export const seed = Number(process.env.CDK8S_JOBS_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** One item of a field that Kubernetes takes. */
function item(index: number): fc.Arbitrary<string> {
  const { min, max, names } = cronFields[index] ?? cronFields[0];
  const value = fc.integer({ min, max });
  const written = fc.tuple(value, fc.nat(9)).map(([number, way]) => {
    if (way === 0) return `0${number}`;
    if (way === 1) return `+${number}`;
    const name = names[number - min];
    return name !== undefined && way < 6 ? (way < 4 ? name : name.toUpperCase()) : String(number);
  });
  const range = fc.tuple(value, value).map((ends) => [...ends].sort((left, right) => left - right).join('-'));
  const star = fc.constantFrom('*', '*', '*', '?', '*-x', '?-5');
  const base = fc.oneof({ weight: 3, arbitrary: written }, { weight: 2, arbitrary: range }, { weight: 2, arbitrary: star });
  const step = fc.oneof(fc.constant(''), fc.integer({ min: 1, max: max + 2 }).map((number) => `/${number}`));
  return fc.tuple(base, step).map((parts) => parts.join(''));
}

function field(index: number): fc.Arbitrary<string> {
  const list = fc.array(item(index), { minLength: 1, maxLength: 3 }).map((items) => items.join(','));
  return fc.oneof({ weight: 4, arbitrary: fc.constant('*') }, { weight: 6, arbitrary: list }, { weight: 1, arbitrary: list.map((text) => `,${text},`) });
}

/** A schedule that Kubernetes takes. */
export const scheduleText: fc.Arbitrary<string> = fc.tuple(field(0), field(1), field(2), field(3), field(4)).map((fields) => fields.join(' '));

/** A schedule with one letter changed, left out or added: right or wrong. */
export const damagedText: fc.Arbitrary<string> = fc
  .tuple(scheduleText, fc.nat(), fc.constantFrom(...'0123456789*?/,-+ LWTZ#7@\ta'), fc.nat(2))
  .map(([text, position, letter, way]) => {
    const at = position % (text.length + 1);
    return text.slice(0, at) + (way === 0 ? '' : letter) + text.slice(way === 2 ? at : at + 1);
  });

/** An instant of 1990 to 2040, in milliseconds. */
export const instant: fc.Arbitrary<number> = fc
  .integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2040, 0, 1) / 1000 })
  .map((seconds) => seconds * 1000);
