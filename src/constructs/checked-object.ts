import { ApiObject, type ApiObjectMetadata, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { copyPlain, resolvesAsUsual, sortsKeys } from './plain-json';
import { renderMetadata } from './render-metadata';
import { UniqueName } from './unique-name';
import { validName } from './valid-name';
import { changesOf, watch } from './watched-metadata';
import { InvalidManifestError } from '../core/errors';
import { type Finding, formatFinding } from '../core/finding';

/** What a checked object is made of. */
export interface CheckedObjectOptions {
  /** `Job` or `CronJob`. */
  readonly kind: string;
  /** Metadata as the user wrote it. */
  readonly metadata: ApiObjectMetadata;
  /** The spec; a Lazy when it has to be asked again at every rendering. */
  readonly spec: unknown;
  /** Whether spec or metadata can change between two renderings. */
  readonly live: boolean;
  /** How long a name made from the construct's path may be. */
  readonly maxNameLength: number;
  /** Finds what refuses the rendered manifest. */
  readonly check: (manifest: unknown) => readonly Finding[];
}

/** The answer to "what is wrong?", and what it was given for. */
interface Answer {
  readonly revision: number;
  /** The manifest as JSON, kept only where it can change by itself. */
  readonly text: string | undefined;
  readonly problems: string[];
}

/**
 * A batch/v1 object that knows what is wrong with it as it will be written: with patches, Lazy values and the chart's labels.
 *
 * cdk8s asks for validation once for every chart of the app and once more; the answer is kept until the object changes.
 */
export class CheckedObject extends ApiObject {
  private patchCount = 0;
  private isPlain: boolean | undefined;
  private answer: Answer | undefined;
  private readonly uniqueName: UniqueName;
  /** The manifest that was rendered to be checked; the next rendering takes it. */
  private rendered: { readonly revision: number; readonly manifest: unknown } | undefined;

  public constructor(scope: Construct, id: string, private readonly options: CheckedObjectOptions) {
    const { kind, metadata, spec, maxNameLength } = options;
    // A name that is there but undefined keeps cdk8s from writing one of its own.
    const unnamed = metadata.name === undefined && metadata.generateName !== undefined;
    super(scope, id, { apiVersion: 'batch/v1', kind, metadata: unnamed ? { ...metadata, name: undefined } as object : metadata, spec });
    if (metadata.name === undefined) this.rename(validName(this.name, maxNameLength), unnamed);
    this.uniqueName = new UniqueName(this);
    watch(this.metadata);
  }

  /** What is wrong with the object, one line for each, as the API server words it. */
  public problems(): string[] {
    const problems = this.ownProblems();
    const twin = this.uniqueName.findTwin();
    return twin === undefined ? problems : [...problems, formatFinding(twin)];
  }

  public override addJsonPatch(...patches: JsonPatch[]): void {
    this.patchCount += 1;
    super.addJsonPatch(...patches);
  }

  public override toJson(): unknown {
    const { rendered } = this;
    this.rendered = undefined;
    if (rendered?.revision === this.revision) return rendered.manifest;
    const manifest = this.renderNow();
    // What changes by itself may have changed since it was checked.
    if (this.options.live && this.answer !== undefined && this.answer.text !== JSON.stringify(manifest)) this.refuse(manifest);
    return manifest;
  }

  /** How often the object has changed. */
  private get revision(): number {
    return this.patchCount + changesOf(this.metadata);
  }

  /** What is wrong with the object itself, whatever else is in its app. */
  private ownProblems(): string[] {
    const { answer, options } = this;
    if (answer?.revision === this.revision && (!options.live || answer.problems.length === 0)) return answer.problems;
    const manifest = this.render();
    if (manifest instanceof Error) return [this.describeFailure(manifest)];
    if (!options.live) this.rendered = { revision: this.revision, manifest };
    return this.check(manifest).problems;
  }

  /** The path of the construct that the user made. */
  private get owner(): string {
    return (this.node.scope ?? this).node.path;
  }

  /** cdk8s names the object in its message, and in front of every problem too: once is enough. */
  private describeFailure({ message }: Error): string {
    const cause = message.replace(/^Failed serializing construct at path '[^']*' with name '[^']*': /, '');
    return `cannot be rendered${this.patchCount === 0 ? '' : ', perhaps for one of its patches'}: ${cause}`;
  }

  private refuse(manifest: unknown): void {
    if (this.check(manifest).problems.length > 0) throw new InvalidManifestError(this.owner, this.options.check(manifest));
  }

  private check(manifest: unknown): Answer {
    const errors = this.options.check(manifest);
    this.uniqueName.note(manifest);
    const text = this.options.live ? JSON.stringify(manifest) : undefined;
    this.answer = { revision: this.revision, text, problems: errors.map(formatFinding) };
    return this.answer;
  }

  private render(): unknown {
    try {
      return this.renderNow();
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  private renderNow(): unknown {
    const { kind, live, spec } = this.options;
    this.isPlain ??= !live && resolvesAsUsual(this);
    if (!this.isPlain || this.patchCount > 0) return super.toJson();
    return { apiVersion: this.apiVersion, kind, metadata: renderMetadata(this.metadata), spec: copyPlain(spec, sortsKeys()) };
  }

  private rename(name: string, unnamed: boolean): void {
    const { metadata } = this;
    Object.assign(this, { name });
    if (!unnamed) Object.assign(metadata, { name });
  }
}
