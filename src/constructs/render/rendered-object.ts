import { ApiObject, type ApiObjectMetadata, App, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { noteChange } from './changes';
import { generatedName } from './generated-name';
import { copyPlain, notPlain, resolvesAsUsual } from './plain-json';
import { renderPlain, rendersAsKnown } from './render-plain';
import { changesOf, watch } from './watched-metadata';
import { annotationsOf } from '../../api/gitops';
import { validName } from '../valid-name';

/** What a rendered object is made of. */
export interface RenderedObjectOptions {
  readonly apiVersion: string;
  /** `Job`, `CronJob` or `JobSet`. */
  readonly kind: string;
  /** Metadata as the user wrote it. */
  readonly metadata: ApiObjectMetadata;
  /** The spec; a Lazy when it has to be asked again at every rendering. */
  readonly spec: unknown;
  /** Whether spec or metadata can change between two renderings. */
  readonly live: boolean;
  /** How long a name made from the construct's path may be. */
  readonly maxNameLength: number;
  /** Where the name comes from what is rendered; undefined where it is the one that was given. */
  readonly contentName: ContentName | undefined;
  /** The manifest as it is written: the last step of a rendering. */
  finish(rendered: unknown, object: ApiObject): unknown;
  /** How often that step was changed from outside. */
  revision(): number;
}

/** A name that comes from what is rendered. */
interface ContentName {
  /** The name as somebody reads it who will write it down. */
  tell(render: () => unknown): string;
}

/**
 * An object that gives the bytes of cdk8s an order of magnitude faster, knows when it has changed, and has a valid name.
 *
 * The internals of cdk8s that this needs are all in this folder. Where cdk8s differs from them, it renders, and the object counts as live.
 */
export abstract class RenderedObject extends ApiObject {
  /** @internal */
  protected readonly options: RenderedObjectOptions;
  /** Its name as the user or its path gave it, without the hash of its content. @internal */
  protected readonly givenName: string;
  /** Whether it can change without a new revision. @internal */
  protected readonly live: boolean;
  /** Whether what is rendered, before it is finished, changes with its revision only. */
  private readonly isFixed: boolean;
  private patchCount = 0;
  private annotated: { readonly revision: number; readonly annotations: Readonly<Record<string, string>> } | undefined;
  private isPlain: boolean | undefined;
  private isRendering = false;

  /** @internal */
  protected constructor(scope: Construct, id: string, options: RenderedObjectOptions) {
    const { apiVersion, kind, metadata, spec, live, maxNameLength, contentName } = options;
    const name = metadata.name ?? validName(generatedName(scope, id, { apiVersion, kind }), maxNameLength);
    const isUnnamed = metadata.name === undefined && metadata.generateName !== undefined;
    // A name that is there but undefined keeps cdk8s from writing one of its own.
    super(scope, id, { apiVersion, kind, metadata: { ...metadata, name: isUnnamed ? undefined : name } as object, spec });
    this.options = options;
    this.givenName = name;
    this.isFixed = watch(this.metadata) && !live;
    this.live = !this.isFixed || contentName !== undefined;
    if (isUnnamed) overwriteName(this, name);
    else if (contentName !== undefined) this.lendName(contentName);
  }

  public override addJsonPatch(...patches: JsonPatch[]): void {
    this.patchCount += 1;
    noteChange();
    super.addJsonPatch(...patches);
  }

  /** The annotations as they will be written; rendered only when they may have changed. @internal */
  public renderedAnnotations(): Readonly<Record<string, string>> {
    const { revision, isFixed } = this;
    if (!isFixed || this.annotated?.revision !== revision) this.annotated = { revision, annotations: annotationsOf(this.render()) };
    return this.annotated.annotations;
  }

  /** How often the object has changed. @internal */
  protected get revision(): number {
    return this.patchCount + changesOf(this.metadata) + this.options.revision();
  }

  /** Whether it has patches, any of which can fail. @internal */
  protected get isPatched(): boolean {
    return this.patchCount > 0;
  }

  /** A manifest that was rendered, for somebody who may change it. @internal */
  protected handOut(manifest: unknown): unknown {
    const copy = this.isPlain === true ? copyPlain(manifest, false) : notPlain;
    return copy === notPlain ? manifest : copy;
  }

  /** Renders the manifest anew; it may share its spec with the object, and is not to be changed. @internal */
  protected render(): unknown {
    return this.options.finish(this.renderWithOwnName(), this);
  }

  private renderUnfinished(): unknown {
    this.isPlain ??= this.isFixed && rendersAsKnown() && resolvesAsUsual(App.of(this));
    return this.isPlain && this.patchCount === 0 ? renderPlain(this, this.options.spec) : super.toJson();
  }

  /** Rendering reads the name too: it gets the one that was given. */
  private renderWithOwnName(): unknown {
    const outer = this.isRendering;
    this.isRendering = true;
    try {
      return this.renderUnfinished();
    } finally {
      this.isRendering = outer;
    }
  }

  /** From now on whoever reads the name is told the one that is written. */
  private lendName(name: ContentName): void {
    const get = (): string => (this.isRendering ? this.givenName : name.tell(() => this.render()));
    for (const named of [this, this.metadata]) Object.defineProperty(named, 'name', { get, configurable: true, enumerable: true });
  }
}

/** Replaces the name that cdk8s made, which is readonly. */
function overwriteName(named: { readonly name?: string }, name: string): void {
  Object.defineProperty(named, 'name', { value: name, configurable: true, enumerable: true, writable: true });
}
