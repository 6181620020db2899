import { InvalidArgumentError } from 'commander';
import type { FeatureGates } from '../../api/feature-gates';

const booleans: Readonly<Record<string, boolean>> = {
  1: true, t: true, T: true, true: true, TRUE: true, True: true, 0: false, f: false, F: false, false: false, FALSE: false, False: false,
};

/**
 * Reads feature gates as `kube-apiserver --feature-gates` does: `Name=true,Other=false`. Several times the option adds up.
 *
 * @source staging/src/k8s.io/component-base/cli/flag/map_string_bool.go MapStringBool.Set (v1.37)
 * @throws {InvalidArgumentError} for a text of another form; whether there is such a gate is not asked here
 */
export function parseFeatureGates(text: string, before: FeatureGates = {}): FeatureGates {
  const pairs = text.split(',').filter((pair) => pair !== '').map((pair) => {
    const [name = '', ...rest] = pair.split('=');
    if (rest.length === 0) throw new InvalidArgumentError(`Missing bool value for ${name.trim()}: write ${name.trim()}=true.`);
    const value = booleans[rest.join('=').trim()];
    if (value === undefined) throw new InvalidArgumentError(`Invalid value of ${name.trim()}: write true or false.`);
    return [name.trim(), value];
  });
  return { ...before, ...Object.fromEntries(pairs) as FeatureGates };
}

/** The gates in the form of the option: `Name=true,Other=false`. */
export function formatFeatureGates(gates: FeatureGates): string {
  return Object.entries(gates).map(([name, value]) => `${name}=${value}`).join(',');
}
