import { isMeantForJobSet } from '../api/job-set';
import { kindInBatch } from '../api/kinds';
import { type Finding, formatFaultWithHint } from '../core/finding';
import { given } from '../core/given';
import { asObject } from '../core/json';
import { deliveriesOf } from '../rules/gitops/delivery';
import { defaultVersion, type DeliveredOptions, gitOpsToolOf, previewNotice, serverOf, serverOptions, type ValidateOptions } from '../rules/rule/versions';
import { identityOf, sameNameFinding } from '../rules/same-name';
import { findErrors } from '../rules/validate-manifest';

/** What the plugin needs of the context that cdk8s-cli passes; written out here, so that the CLI is not a dependency. */
interface SynthValidationContext {
  /** Paths of the written files. */
  readonly manifests: readonly string[];
  /** The objects of a file. */
  parseManifest(path: string): readonly unknown[];
  /** Where findings go. */
  readonly report: {
    /** Adds one thing that is wrong. */
    addViolation(violation: SynthViolation): void;
    /** Ends the report with its outcome. */
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

/** One rule that is violated, and by which objects, as cdk8s-cli takes it. */
export interface SynthViolation {
  /** The id of the rule. */
  readonly ruleName: string;
  /** What is wrong, in the API server's words. */
  readonly recommendation: string;
  /** What to do about it. */
  readonly fix: string;
  /** The objects, with the paths of the fields. */
  readonly violatingResources: ReadonlyArray<{
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }>;
}

/**
 * A validation plugin for `cdk8s synth`: checks every Job, CronJob and JobSet of the written files, whatever made them, as the API server
 * would.
 *
 * The constructs of this package are checked without it. Name it in cdk8s.yaml:
 * `validations: [{ package: cdk8s-jobs, version: <version>, class: JobValidation }]`, with `properties: { gitops: argocd }` for what a tool
 * cannot apply from Git, and `kubernetesVersion` and `featureGates` for another API server.
 * With `--stdout` cdk8s-cli prints the report before the YAML; do not pipe that to kubectl.
 */
export class JobValidation {
  /**
   * @param options the properties of the plugin in cdk8s.yaml.
   * @throws UsageError for a tool, a version or feature gates that are not known
   */
  public constructor(private readonly options: Pick<ValidateOptions, 'featureGates' | 'gitops' | 'kubernetesVersion'> = {}) {
    gitOpsToolOf(options);
    serverOf(options);
  }

  /** Reports the errors of all manifests; the synth fails when there is one. */
  public async validate(context: SynthValidationContext): Promise<void> {
    const { gitops } = this.options;
    const written = context.manifests.flatMap((file) => context.parseManifest(file).map((object) => ({ object, file })));
    const deliveries = gitops === undefined ? [] : deliveriesOf(written);
    const names = new Map<string, string>();
    const violations = written.flatMap(({ object, file }, position) => {
      return findViolations(object, file, names, { ...serverOptions(this.options), ...given({ gitops, delivery: deliveries[position] }) });
    });
    for (const violation of violations) context.report.addViolation(violation);
    const notice = previewNotice(this.options.kubernetesVersion ?? defaultVersion);
    context.report.submit(violations.length === 0 ? 'success' : 'failure', ...notice === undefined ? [] : [{ notice }]);
  }
}

/**
 * The violations of one object.
 *
 * @param names the objects that were seen, and their files.
 */
function findViolations(
  object: unknown, manifestPath: string, names: Map<string, string>, options: DeliveredOptions,
): readonly SynthViolation[] {
  const { metadata, ...type } = asObject(object);
  if (kindInBatch(type) === undefined && !isMeantForJobSet(type)) return [];
  const { name, generateName } = asObject(metadata);
  const identity = identityOf(object);
  const twin = identity === undefined ? undefined : names.get(identity);
  if (identity !== undefined && twin === undefined) names.set(identity, manifestPath);
  const sameName = identity === undefined || twin === undefined ? [] : [sameNameFinding(identity, twin)];
  return [...findErrors(object, options), ...sameName].map((finding) => toViolation(finding, String(name ?? generateName ?? ''), manifestPath));
}

function toViolation(finding: Finding, resourceName: string, manifestPath: string): SynthViolation {
  return {
    ruleName: finding.rule,
    recommendation: formatFaultWithHint(finding),
    fix: `change ${finding.field}`,
    violatingResources: [{ resourceName, locations: [finding.field], manifestPath }],
  };
}
