import { suggestTimeZone } from './suggest-time-zone';
import { zoneNames } from './zone-names';

/** One reason why the API server refuses a time zone. */
interface TimeZoneProblem {
  /** The API server's words. */
  readonly message: string;
  /** The zone that was probably meant, if one is near. */
  readonly suggestion?: string;
}

const known: ReadonlySet<string> = new Set(zoneNames);
const part = /^[A-Za-z.\-_0-9+]{1,14}$/;

/**
 * What the API server says about the timeZone of a new CronJob; empty if it accepts it.
 *
 * @source pkg/apis/batch/validation/validation.go validateTimeZone (v1.37)
 */
export function checkTimeZone(name: string): TimeZoneProblem[] {
  if (name === '') return [{ message: 'timeZone must be nil or non-empty string' }];
  const unknown = withSuggestion(`unknown time zone ${name}`, name);
  const isPath = name.split('/').every((text) => text !== '.' && text !== '..' && !text.startsWith('-') && part.test(text));
  if (!isPath) return [unknown];
  const problems: TimeZoneProblem[] = [];
  if (name.toLowerCase() === 'local') {
    problems.push({ message: 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones' });
  }
  if (name === 'Local' || isKnownTimeZone(name)) return problems;
  return [...problems, name.includes('..') ? withSuggestion('time: invalid location name', name) : unknown];
}

/** Whether Kubernetes, or this machine's newer data, has a zone of exactly this name. */
export function isKnownTimeZone(name: string): boolean {
  return known.has(name) || newerNames().has(name);
}

let newer: ReadonlySet<string> | undefined;

function newerNames(): ReadonlySet<string> {
  newer ??= new Set(Intl.supportedValuesOf('timeZone'));
  return newer;
}

function withSuggestion(message: string, name: string): TimeZoneProblem {
  const suggestion = suggestTimeZone(name);
  return suggestion === undefined ? { message } : { message, suggestion };
}
