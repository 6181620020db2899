import type { PodFailurePolicyOnExitCodesRequirementRest, PodFailurePolicyOnPodConditionsPattern } from '../kubernetes';
import type { otherRefusals } from './refusals';
import type { KnownWord, OtherWord } from './word-props';
import type { Forbidden } from '../../core/messages';

/** What a rule does about a failed pod: fails the Job or the index, ignores it, or counts it against `backoffLimit`. */
export type FailureAction = 'Count' | 'FailIndex' | 'FailJob' | 'Ignore';

/** What to do about a failed pod: the first rule that fits decides. With `FailIndex`: `<string, FailureAction>`. */
export interface PodFailurePolicyProps<ContainerName = string, Action = 'Count' | 'FailJob' | 'Ignore', Word extends string = never> {
  /** At most 20 rules, tried in order. A pod that no rule fits counts against `backoffLimit`. */
  readonly rules: ReadonlyArray<ExitCodesRuleProps<ContainerName, Action, Word> | PodConditionsRuleProps<Action, Word>>;
}

/**
 * The words of `action`. Another one gets its sentence alone: behind that about `FailIndex` the compiler would cut it off.
 */
type ActionWord<Action, Word extends string> = [Word] extends [KnownWord] ? Action : Exclude<Action, Forbidden<string>> | OtherWord<Word>;

/** A rule that looks at the exit code of a container. */
export interface ExitCodesRuleProps<ContainerName = string, Action = 'Count' | 'FailJob' | 'Ignore', Word extends string = never> {
  /** What to do: `FailJob`, `FailIndex`, `Ignore` (it did not happen) or `Count`. */
  readonly action: ActionWord<Action, Word>;
  /** Which exit codes. */
  readonly onExitCodes: OnExitCodesProps<ContainerName, Word>;
  /** Not beside exit codes. */
  readonly onPodConditions?: Forbidden<typeof otherRefusals.exitCodesOrConditions>;
}

/** A rule that looks at the conditions of the pod, as `DisruptionTarget`. */
export interface PodConditionsRuleProps<Action = 'Count' | 'FailJob' | 'Ignore', Word extends string = never> {
  /** What to do: `FailJob`, `FailIndex`, `Ignore` (it did not happen) or `Count`. */
  readonly action: ActionWord<Action, Word>;
  /** Which conditions; one that fits is enough. At most 20. */
  readonly onPodConditions: readonly [PodFailurePolicyOnPodConditionsPattern, ...PodFailurePolicyOnPodConditionsPattern[]];
  /** Not beside pod conditions. */
  readonly onExitCodes?: Forbidden<typeof otherRefusals.exitCodesOrConditions>;
}

/** Which exit codes of which container. */
export interface OnExitCodesProps<ContainerName = string, Word extends string = never>
  extends PodFailurePolicyOnExitCodesRequirementRest {
  /** `In`: one of the codes. `NotIn`: none of them. */
  readonly operator: 'In' | 'NotIn' | OtherWord<Word>;
  /** The container, by the name it has above. @default - any container */
  readonly containerName?: ContainerName;
  /** The codes: at least one, ascending, each once; not 0 with `In`. */
  readonly values: readonly [number, ...number[]] | (readonly [number] & Forbidden<typeof otherRefusals.emptyExitCodes>);
}

/**
 * The name of a container in a rule, where `ContainerName` are those of the pod: members of enums are compared as their texts.
 *
 * Mostly no rule names one: the names of the pod are then not looked at.
 */
export type CheckedInRule<Name extends string, ContainerName extends string> =
  `${Name}` extends never ? string
    : `${Name}` extends `${ContainerName}` ? string
      : Name extends `${ContainerName}` ? Name : NoInfer<ContainerName> | (string & Forbidden<typeof otherRefusals.noSuchContainer>);

/** When an Indexed Job counts as done before all indexes have succeeded: one fulfilled rule is enough. */
export interface SuccessPolicyProps<Count = number> {
  /** One to 20 rules. */
  readonly rules: SuccessRules<Count>;
}

/** One rule at least. The unions are written out: with a name they would hide the sentence, which is of no value, in error messages. */
type SuccessRules<Count> = readonly [
  SuccessOfIndexes<Count> | SuccessOfCount<Count> | (SuccessOfCount<Count> & Forbidden<typeof otherRefusals.emptySuccess>),
  ...Array<SuccessOfIndexes<Count> | SuccessOfCount<Count> | (SuccessOfCount<Count> & Forbidden<typeof otherRefusals.emptySuccess>)>,
];

/** One way to be done early: which indexes, how many, or how many of which. */
export type SuccessPolicyRuleProps<Count = number> = SuccessOfIndexes<Count> | SuccessOfCount<Count>;

/** Done early when certain indexes have succeeded. */
interface SuccessOfIndexes<Count> {
  /** The indexes that must succeed, as `0,2-5`. */
  readonly succeededIndexes: string;
  /** How many of them are enough. @default - all of them */
  readonly succeededCount?: Count;
}

/** Done early when some indexes have succeeded. */
interface SuccessOfCount<Count> {
  /** How many indexes must succeed, whichever they are. */
  readonly succeededCount: Count;
  /** Which indexes count. @default - all */
  readonly succeededIndexes?: string;
}
