import type { ApiObject } from 'cdk8s';
import type { Construct, IValidation } from 'constructs';
import { keepOrder, writeOrder } from './order';
import { changesAnywhere } from './render/changes';
import { RenderedObject, type RenderedObjectOptions } from './render/rendered-object';
import { writingItself } from './render/self-writing';
import { UniqueName } from './unique-name';
import { InvalidManifestError } from '../core/errors';
import { type Finding, formatFinding } from '../core/finding';

/** What a checked object is made of. */
export interface CheckedObjectOptions extends RenderedObjectOptions {
  /** Finds what refuses the rendered manifest. */
  check(manifest: unknown, object: ApiObject): readonly Finding[];
}

/** The answer to "what is wrong?", and what it was given for. */
interface Answer {
  readonly revision: number;
  /** The manifest as JSON, kept only where it can change by itself. */
  readonly text: string | undefined;
  readonly problems: string[];
}

const none: string[] = [];

/**
 * An object that knows what is wrong with it as it will be written: with patches, Lazy values and the chart's labels.
 *
 * cdk8s asks for validation once for every chart of the app and once more; the answer is kept until the object changes.
 */
export abstract class CheckedObject extends RenderedObject implements IValidation {
  /** @internal */
  declare protected readonly options: CheckedObjectOptions;
  private answer: Answer | undefined;
  /** How often anything had changed when nothing was wrong with the object; only for one that does not change by itself. */
  private soundAt: number | undefined;
  private readonly uniqueName: UniqueName;
  /** The manifest that was rendered to be checked; the next rendering takes it. */
  private rendered: { readonly revision: number; readonly manifest: unknown } | undefined;

  /** @internal */
  protected constructor(scope: Construct, id: string, options: CheckedObjectOptions) {
    super(scope, id, options);
    keepOrder(this);
    this.uniqueName = new UniqueName(this);
  }

  /** What is wrong with the object, one line for each, in the API server's words. cdk8s asks before it writes. */
  public validate(): string[] {
    const changes = changesAnywhere();
    if (this.soundAt === changes) return none;
    const problems = this.ownProblems();
    const twin = this.uniqueName.findTwin();
    if (twin !== undefined) return [...problems, formatFinding(twin)];
    if (problems.length === 0 && !this.live) this.soundAt = changes;
    return problems;
  }

  public override toJson(): unknown {
    return writingItself(this.handOut(this.renderToWrite()), this.node.root);
  }

  /** The manifest as `toJson` gives it, for somebody who writes it down and changes nothing in it. @internal */
  public renderToWrite(): unknown {
    // What was validated has its order already.
    if (this.answer === undefined) writeOrder(this);
    const { rendered } = this;
    this.rendered = undefined;
    if (rendered?.revision === this.revision) return rendered.manifest;
    const manifest = this.render();
    // What changes by itself may have changed since it was checked.
    if (this.live && this.answer !== undefined && this.answer.text !== JSON.stringify(manifest)) this.refuse(manifest);
    return manifest;
  }

  /** What is wrong with the object itself, whatever else is in its app. */
  private ownProblems(): string[] {
    const { answer, live } = this;
    if (answer?.revision === this.revision && (!live || answer.problems.length === 0)) return answer.problems;
    const manifest = this.tryRender();
    if (manifest instanceof Error) return [this.describeFailure(manifest)];
    if (!live) this.rendered = { revision: this.revision, manifest };
    return this.check(manifest).problems;
  }

  /** cdk8s names the object in its message, and in front of every problem too: once is enough. */
  private describeFailure({ message }: Error): string {
    const cause = message.replace(/^Failed serializing construct at path '[^']*' with name '[^']*': (?:Error: )?/, '');
    return `cannot be rendered${this.isPatched ? ', perhaps for one of its patches' : ''}: ${cause}`;
  }

  private refuse(manifest: unknown): void {
    if (this.check(manifest).problems.length > 0) throw new InvalidManifestError(this.node.path, this.options.check(manifest, this));
  }

  private check(manifest: unknown): Answer {
    const errors = this.options.check(manifest, this);
    this.uniqueName.note(manifest);
    const text = this.live ? JSON.stringify(manifest) : undefined;
    this.answer = { revision: this.revision, text, problems: errors.length === 0 ? none : errors.map(formatFinding) };
    return this.answer;
  }

  private tryRender(): unknown {
    try {
      return this.render();
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}
