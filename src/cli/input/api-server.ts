import { type Command, InvalidArgumentError } from 'commander';
import type { FeatureGates } from '../../api/feature-gates';
import { defaultVersion, type KubernetesVersion, kubernetesVersions, tryFindVersion } from '../../rules/rule/versions';

/** The API server that a command answers for. */
export interface ServerFlags {
  readonly kubernetesVersion: KubernetesVersion;
  readonly featureGates?: FeatureGates;
}

/** Adds the options that say which API server is meant. */
export function addServer(command: Command): Command {
  return command
    .addOption(command.createOption('--kubernetes-version <version>', `the API server to answer for: ${kubernetesVersions.join(', ')}, or a release of one`).argParser(parseVersion).default(defaultVersion))
    .addOption(command.createOption('--feature-gates <gates>', 'what of its feature gates is not as by default: Name=true,Other=false').argParser(parseFeatureGates));
}

/** Reads `1.33`, or a version as clusters give it: `v1.33.2`. */
function parseVersion(text: string): KubernetesVersion {
  const version = tryFindVersion(text);
  if (version === undefined) throw new InvalidArgumentError(`Its rules are not known; known are those of ${kubernetesVersions.join(', ')}.`);
  return version;
}

const booleans: Readonly<Record<string, boolean>> = {
  1: true, t: true, T: true, true: true, TRUE: true, True: true, 0: false, f: false, F: false, false: false, FALSE: false, False: false,
};

/**
 * Reads feature gates as `kube-apiserver --feature-gates` does: `Name=true,Other=false`. Several times the option adds up.
 *
 * @source staging/src/k8s.io/component-base/cli/flag/map_string_bool.go MapStringBool.Set (v1.37)
 * @throws {InvalidArgumentError} for a text of another form; whether there is such a gate is not asked here
 */
function parseFeatureGates(text: string, before: FeatureGates = {}): FeatureGates {
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
