import type { FieldPath } from '../core/field-path';
import type { FaultType, Finding } from '../core/finding';
import { isObject, type JsonObject } from '../core/json';
import { nearestName } from '../rules/explain/suggest';

/** Adds what is wrong with a value to the findings. A field that is `undefined` is absent and never wrong. */
export type InputCheck = (value: unknown, at: FieldPath, findings: Finding[]) => void;

/** A list whose elements all pass one check. */
export function listOf(item: InputCheck, example: string): InputCheck {
  return (value, at, findings) => {
    if (!Array.isArray(value)) return report(findings, at, 'Decode', value, `expected a list, such as ${example}`);
    for (const [position, element] of value.entries()) item(element ?? null, at.index(position), findings);
  };
}

/** Values by names that the user chooses. */
export function mapOf(entry: InputCheck, example: string): InputCheck {
  return (value, at, findings) => {
    if (!isObject(value)) return report(findings, at, 'Decode', value, `expected an object, such as ${example}`);
    for (const [name, element] of Object.entries(value)) if (element !== undefined) entry(element, at.key(name), findings);
  };
}

/** An object with a check for each field; some fields are required. */
export function objectOf(checks: Readonly<Record<string, InputCheck>>, example: string, required: readonly string[] = []): InputCheck {
  const names = Object.keys(checks);
  return (value, at, findings) => {
    if (!isObject(value)) return report(findings, at, 'Decode', value, `expected an object, such as ${example}`);
    for (const [name, field] of Object.entries(value)) {
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
      if (check === undefined) report(findings, at.child(name), 'Unknown', undefined, suggestion(name, names));
      else if (field !== undefined) check(field, at.child(name), findings);
    }
    for (const name of required) if (value[name] === undefined) report(findings, at.child(name), 'Required', undefined, '');
  };
}

/** A number that passes a test; `expected` says which numbers do. */
export function numberThat(isRight: (value: number) => boolean, expected: string): InputCheck {
  return (value, at, findings) => {
    if (typeof value !== 'number') report(findings, at, 'Decode', value, `expected ${expected}`);
    else if (!isRight(value)) report(findings, at, 'Invalid', value, `expected ${expected}`);
  };
}

/** One of the given texts. */
export function oneOf(choices: readonly string[]): InputCheck {
  return (value, at, findings) => {
    if (typeof value === 'string' && choices.includes(value)) return;
    const nearest = typeof value === 'string' ? nearestName(value, choices) : undefined;
    const hint = nearest === undefined ? `expected one of ${choices.join(', ')}` : `did you mean ${nearest}?`;
    report(findings, at, 'NotSupported', value, hint);
  };
}

/** Any text. */
export const text: InputCheck = (value, at, findings) => {
  if (typeof value !== 'string') report(findings, at, 'Decode', value, 'expected a text');
};

/** True or false. */
export const flag: InputCheck = (value, at, findings) => {
  if (typeof value !== 'boolean') report(findings, at, 'Decode', value, 'expected true or false');
};

/** Anything with fields. */
export const anyObject: InputCheck = (value, at, findings) => {
  if (!isObject(value)) report(findings, at, 'Decode', value, 'expected an object');
};

/** Adds a finding; a value that is not a scalar is left out of it. */
export function report(findings: Finding[], at: FieldPath, type: FaultType, value: unknown, message: string): void {
  const finding: Finding = { rule: 'simulation-input', field: at.toString(), type, message, severity: 'error' };
  findings.push(isShown(value) ? { ...finding, value: typeof value === 'number' && !Number.isFinite(value) ? String(value) : value } : finding);
}

/** Adds a finding for each field that an object must not have; false is as good as none. */
export function forbid(value: JsonObject, words: readonly string[], at: FieldPath, findings: Finding[], why: string): void {
  for (const word of words) {
    if (value[word] === undefined || value[word] === false) continue;
    report(findings, at.child(word), 'Forbidden', undefined, `${why}; leave ${word} out`);
  }
}

function isShown(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function suggestion(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? `expected one of ${names.join(', ')}` : `did you mean ${nearest}?`;
}
