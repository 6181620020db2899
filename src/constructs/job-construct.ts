import type { ApiObject } from 'cdk8s';
import { Construct, type IConstruct, type IDependable } from 'constructs';
import { CheckedObject, type CheckedObjectOptions } from './checked-object';
import { noteMeant } from './dependencies';
import { isOutputName, outputText, type OutputText } from '../api/outputs';
import { UsageError } from '../core/errors';
import { given } from '../core/given';
import { silenceAnnotation } from '../rules/rule/silence-annotation';
import { checkSilence } from '../rules/tell';

/** What a construct of this package is made of. @internal */
export interface JobObject extends CheckedObjectOptions {
  /** Adds what belongs to the object to it, once it is there. @param name that of the object, without a hash of its content. */
  addParts(object: ApiObject, name: string): void;
}

const none: readonly string[] = [];

/**
 * What all constructs here are: an `ApiObject` of cdk8s that is checked as the API server checks it.
 *
 * The checks run at synth: all findings of all Jobs are reported at once, and no file is written when there is one.
 */
export abstract class JobConstruct extends CheckedObject {
  private silenced = none;

  /** @internal */
  protected constructor(scope: Construct, id: string, object: JobObject) {
    super(scope, id, object);
    object.addParts(this, this.givenName);
    this.node.defaultChild = this;
    this.node.addValidation(this);
  }

  /** The object that is written, which is this one. */
  public get apiObject(): ApiObject {
    return this;
  }

  /**
   * Lets this one start only when these Jobs are Complete, or all Jobs in these charts: `load.after(extract)`.
   *
   * The manifest says so by the annotation `cdk8s-jobs/after`, which `run` follows; Kubernetes knows no order.
   *
   * @returns itself.
   * @throws {UsageError} for itself, and for another app.
   */
  public after(...earlier: IDependable[]): this {
    for (const one of earlier) checkEarlier(this, one);
    this.node.addDependency(...earlier);
    noteMeant(this, earlier);
    return this;
  }

  /** The same as {@link after}. */
  public override addDependency(...earlier: IConstruct[]): void {
    this.after(...earlier);
  }

  /**
   * Leaves warnings and advice of these ids out of what `validate` tells of the object that is written:
   * `job.silence('on-failure-hides-logs')`.
   *
   * @returns itself.
   * @throws {UsageError} for an id that there is not, and for that of an error.
   */
  public silence(...ids: readonly string[]): this {
    checkSilence(ids);
    this.silenced = [...new Set([...this.silenced, ...ids])];
    if (this.silenced.length > 0) this.metadata.addAnnotation(silenceAnnotation, this.silenced.join(', '));
    return this;
  }

  /**
   * What this Job hands to a later one, which waits for it, in a variable, an argument, a command or an annotation:
   * `env: [{ name: 'ROWS', value: extract.output('rows') }]`. The value is the line `rows=…` that a container writes to
   * `/dev/termination-log`; of an Indexed Job a list of them as JSON.
   *
   * Only `run` fills the value in, when it starts the later Job.
   *
   * @throws {UsageError} for a name that is none.
   */
  public output(output: string): OutputText {
    if (!isOutputName(output)) throw new UsageError(`Cannot name an output ${JSON.stringify(output)}`, 'write letters, digits, _, - and ., and no digit first: rows');
    const { namespace } = this.metadata;
    return outputText({ ...given({ namespace }), name: this.name, output });
  }
}

/** Waiting for itself, or for what another app writes, would be left out of the order without a word. */
function checkEarlier(construct: Construct, earlier: unknown): void {
  const cannot = `Cannot let ${construct.node.path} wait for`;
  if (typeof earlier !== 'object' || earlier === null) throw new UsageError(`${cannot} ${String(earlier)}`, 'give it a Job, or a chart with Jobs');
  if (earlier === construct) throw new UsageError(`${cannot} itself`, 'leave it out');
  if (!Construct.isConstruct(earlier) || earlier.node.root === construct.node.root) return;
  throw new UsageError(`${cannot} ${earlier.node.path}: it is in another app`, 'make both in one app');
}
