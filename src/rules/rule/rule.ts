import { type ApiServer } from '../../api/api-server';
import { type Decoded } from '../../api/decoded';
import { type FeatureGate } from '../../api/feature-gates';
import { type GitOpsTool } from '../../api/gitops';
import { type KindName } from '../../api/kinds';
import { type CronJobSpec, type JobSpec, type PodSpec, type Volume } from '../../api/kubernetes';
import { FieldPath } from '../../core/field-path';
import { type FaultType, type Finding, type Severity } from '../../core/finding';
import { given } from '../../core/given';

/**
 * One rule of the API server, or one advice of ours, as data.
 *
 * `Target` is what the rule looks at: a Job's spec, a container, an environment variable. The group of the rule says where targets are.
 */
export interface Rule<Target = never> {
  /** Stable name in kebab case, which states the constraint: `parallelism-not-negative`. */
  readonly id: string;
  /** The field at fault, relative to the target; empty for the target itself. */
  readonly field: string;
  /** The type of the fault as the API server gives it. */
  readonly type: FaultType;
  /** What is wrong, one clause in the API server's words; empty where the type says it all. */
  readonly message: string;
  /** The message since a minor version that words it otherwise. */
  readonly reworded?: { readonly since: number; readonly message: string };
  /** Default: `error`. */
  readonly severity?: Severity;
  /** For advice about a choice that has its price, and that most have made on purpose: it is told on request alone. Default: false. */
  readonly isHeldBack?: boolean;
  /** First and last minor version that has the rule; default: all that are known. */
  readonly since?: number;
  readonly until?: number;
  /** The feature gate that must be on for the rule, or, with a `!`, off; default: it is asked with any. */
  readonly gate?: FeatureGate | `!${FeatureGate}`;
  /** Function of the API server, when it is not that of the group. */
  readonly source?: string;
  /** Targets, as changes to the group's base target, that break and keep the rule. Empty where no manifest can reach it. */
  readonly examples: RuleExamples;
  /** A field of the target without which there is nothing to find. Most targets lack most fields, and so cost next to nothing. */
  readonly when?: keyof Target & string;
  /** Reports every violation in the target. */
  readonly finds: (target: Target, scope: Scope) => void;
}

/** Examples of a rule. */
export interface RuleExamples {
  readonly bad: readonly object[];
  readonly good: readonly object[];
  /** The minor version that the bad examples are for; default: the newest that has the rule. */
  readonly minor?: number;
  /** Feature gates that the examples need besides that of the rule; default: none. */
  readonly gates?: readonly FeatureGate[];
}

/** Rules about the same kind of target. */
export interface RuleGroup<Target = never> {
  /** What the targets are, as a path with stars: `spec.template.spec.containers[*]`. */
  readonly at: string;
  /** The function of the API server that the rules come from, with its file and version. */
  readonly source: string;
  /** First minor version that has any of them; default: all. */
  readonly since?: number;
  /** The tool that has to be named for them to be asked; default: they always are. */
  readonly gitops?: GitOpsTool;
  /** The whole manifest around an example; `before` and `after` for an update, a List for what is judged by what is beside it. */
  readonly wrap: (example: object) => object;
  readonly rules: readonly Rule<Target>[];
}

/** The specs of an object before an update. */
interface OldSpecs {
  readonly job: Decoded<JobSpec>;
  readonly pod: Decoded<PodSpec>;
  readonly cron?: Decoded<CronJobSpec>;
  /** The annotations of the Job, or of the CronJob's template. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  /** The uid that the API server gave it, when it comes from a cluster. */
  readonly uid?: string | undefined;
  /** Whether it already had an image volume without a reference, which may stay so. */
  readonly hasEmptyImageReference?: boolean;
  /** Whether a container had CAP_SYS_ADMIN without `allowPrivilegeEscalation: true`, which may stay so. */
  readonly hasSysAdmin?: boolean;
}

/**
 * What a rule may know besides its target, and where it reports to.
 *
 * One scope serves one validation; the current rule and place change from call to call, so that a sound manifest allocates nothing here.
 */
export class Scope {
  /** Everything found so far, in the order of the checks. */
  public readonly findings: Finding[] = [];
  /** How many of them are errors, which refuse the manifest. */
  public errors = 0;
  /** Minor version of the API server. */
  public readonly minor: number;
  /** The place of the target. */
  public at: FieldPath = FieldPath.root;
  /** The spec of the Job, or of the CronJob's template. */
  public job: Decoded<JobSpec> = {};
  /** The spec of its pod. */
  public pod: Decoded<PodSpec> = {};
  /** Its volumes without faults of their own: only these can be mounted. */
  public volumes: Map<string, Decoded<Volume>> = noVolumes;
  /** Whether somebody wrote a selector, or labels for the pods: what the API server generates needs no check. */
  public hasOwnSelector = true;
  /** On update: the specs before it. */
  public old: OldSpecs | undefined;
  private rule: Rule<never> | undefined;
  private readonly selection: Selection;

  public constructor(
    /** The API server to answer for. */
    public readonly server: ApiServer,
    /** Kind of the whole object. */
    public readonly kind: KindName,
  ) {
    this.minor = server.minor;
    this.selection = selectionOf(server);
  }

  /** Whether the API server has a feature gate on. */
  public has(gate: FeatureGate): boolean {
    return this.server.gates.has(gate);
  }

  /** Checks one target with all rules of a group. */
  public check<Target>(group: RuleGroup<Target>, target: Target, at: FieldPath): void {
    const rules = this.selection.get(group as RuleGroup<never>) ?? selectRules(group as RuleGroup<never>, this.server, this.selection);
    this.at = at;
    // By hand: there are a hundred and more of these for each manifest.
    for (let index = 0; index < rules.length; index += 1) {
      const { rule, when, finds } = rules[index] as Question;
      if (when !== undefined && (target as Readonly<Record<string, unknown>>)[when] === undefined) continue;
      this.rule = rule;
      finds(target as never, this);
    }
  }

  /** Reports that the current rule is broken; `field` and `message` default to the rule's. A `hint` says what to write instead. */
  public report(value?: unknown, field?: FieldPath, message?: string, hint?: string): void {
    const { rule } = this;
    if (rule === undefined) return;
    const { id, type, severity = 'error' } = rule;
    if (severity === 'error') this.errors += 1;
    const [first = '', ...rest] = rule.field.split('.');
    const place = field ?? (first === '' ? this.at : this.at.child(first, ...rest));
    const said = message ?? wordsOf(rule, this.minor);
    const finding = { rule: id, field: place.toString(), type, message: said, ...given({ hint }), severity };
    this.findings.push(value === undefined ? finding : { ...finding, value });
  }

  /** Reports every problem of a checked name. */
  public reportAll(problems: readonly string[], value: unknown, field?: FieldPath): void {
    for (const problem of problems) this.report(value, field, problem);
  }
}

const noVolumes = new Map<string, Decoded<Volume>>();

/** A rule in the form in which it is checked: the same for all rules, and therefore much faster to read than rules as they are written. */
interface Question {
  readonly rule: Rule<never>;
  readonly when: string | undefined;
  readonly finds: Rule<never>['finds'];
}

/** The rules of each group that an API server has. */
type Selection = Map<RuleGroup<never>, readonly Question[]>;

const selections = new Map<ApiServer, Selection>();

function selectionOf(server: ApiServer): Selection {
  let selection = selections.get(server);
  if (selection === undefined) selections.set(server, selection = new Map());
  return selection;
}

/** Selects the rules of a group that an API server has, and keeps the selection. */
function selectRules(group: RuleGroup<never>, server: ApiServer, selection: Selection): readonly Question[] {
  const questions = group.rules
    .filter((rule) => hasRule(server, rule))
    .map((rule) => ({ rule, when: rule.when, finds: rule.finds }));
  selection.set(group, questions);
  return questions;
}

function wordsOf({ message, reworded }: Rule<never>, minor: number): string {
  return reworded !== undefined && minor >= reworded.since ? reworded.message : message;
}

function hasRule({ minor, gates }: ApiServer, { since = 0, until = Number.POSITIVE_INFINITY, gate }: Rule<never>): boolean {
  if (minor < since || minor > until) return false;
  if (gate === undefined) return true;
  return gate.startsWith('!') ? !gates.has(gate.slice(1) as FeatureGate) : gates.has(gate as FeatureGate);
}
