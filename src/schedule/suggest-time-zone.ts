import { zoneNames } from './zone-names';
import { countEdits, nearest } from '../core/nearest';

/** Abbreviations that people write; Kubernetes has none of them. */
const abbreviations: ReadonlyMap<string, string> = new Map([
  ['PST', 'America/Los_Angeles'], ['PDT', 'America/Los_Angeles'], ['MDT', 'America/Denver'], ['CST', 'America/Chicago'],
  ['CDT', 'America/Chicago'], ['EDT', 'America/New_York'], ['AST', 'America/Halifax'], ['BST', 'Europe/London'],
  ['CEST', 'Europe/Berlin'], ['EEST', 'Europe/Athens'], ['MSK', 'Europe/Moscow'], ['IST', 'Asia/Kolkata'], ['JST', 'Asia/Tokyo'],
  ['KST', 'Asia/Seoul'], ['SGT', 'Asia/Singapore'], ['HKT', 'Asia/Hong_Kong'], ['AEST', 'Australia/Sydney'],
  ['AEDT', 'Australia/Sydney'], ['NZST', 'Pacific/Auckland'], ['Z', 'UTC'],
]);
const farthest = 2;

/** The time zone that was probably meant by an unknown name: another case, a city alone, an offset, or a typing error. */
export function suggestTimeZone(name: string): string | undefined {
  const plain = name.trim().replaceAll(/\s+/g, '_').replaceAll(/^[./:]+|\/+$/g, '').replaceAll(/\/+/g, '/');
  if (plain === '' || plain.length > 40) return undefined;
  const wanted = plain.toLowerCase();
  return zoneNames.find((zone) => zone.toLowerCase() === wanted)
    ?? abbreviations.get(plain.toUpperCase())
    ?? ofOffset(plain)
    ?? zoneNames.find((zone) => cityOf(zone) === wanted)
    ?? nearestTo(wanted);
}

function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).toLowerCase();
}

/** `UTC+2` is `Etc/GMT-2`: these names count the hours west of Greenwich. */
function ofOffset(name: string): string | undefined {
  const match = /^(?:UTC|GMT|Etc\/UTC)?([+-])0?(\d{1,2})(?::?00)?$/i.exec(name);
  if (match === null) return undefined;
  const zone = match[2] === '0' ? 'UTC' : `Etc/GMT${match[1] === '+' ? '-' : '+'}${match[2]}`;
  return zoneNames.find((known) => known === zone);
}

function nearestTo(wanted: string): string | undefined {
  return nearest(zoneNames, farthest, (zone) => {
    return Math.abs(zone.length - wanted.length) > farthest || zone.length < 4 ? Infinity : countEdits(zone.toLowerCase(), wanted);
  });
}
