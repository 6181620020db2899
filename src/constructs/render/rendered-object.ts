import { ApiObject, type ApiObjectMetadata, App, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { resolvesAsUsual } from './plain-json';
import { renderPlain, rendersAsKnown } from './render-plain';
import { changesOf, watch } from './watched-metadata';
import { validName } from '../valid-name';

/** What a rendered object is made of. */
export interface RenderedObjectOptions {
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
}

/**
 * A batch/v1 object that gives the bytes of cdk8s an order of magnitude faster, knows when it has changed, and has a valid name.
 *
 * The internals of cdk8s that this needs are all in this folder. Where cdk8s differs from them, it renders, and the object counts as live.
 */
export abstract class RenderedObject extends ApiObject {
  /** Whether it can change without a new revision. */
  protected readonly live: boolean;
  private patchCount = 0;
  private isPlain: boolean | undefined;

  protected constructor(scope: Construct, id: string, protected readonly options: RenderedObjectOptions) {
    const { kind, metadata, spec, live, maxNameLength } = options;
    // A name that is there but undefined keeps cdk8s from writing one of its own.
    const unnamed = metadata.name === undefined && metadata.generateName !== undefined;
    super(scope, id, { apiVersion: 'batch/v1', kind, metadata: unnamed ? { ...metadata, name: undefined } as object : metadata, spec });
    const isKnown = watch(this.metadata);
    this.live = live || !isKnown;
    if (metadata.name === undefined && !unnamed) this.rename(validName(this.name, maxNameLength), isKnown);
    else if (unnamed) overwriteName(this, validName(this.name, maxNameLength));
  }

  public override addJsonPatch(...patches: JsonPatch[]): void {
    this.patchCount += 1;
    super.addJsonPatch(...patches);
  }

  /** How often the object has changed. */
  protected get revision(): number {
    return this.patchCount + changesOf(this.metadata);
  }

  /** Whether it has patches, any of which can fail. */
  protected get isPatched(): boolean {
    return this.patchCount > 0;
  }

  /** Renders the manifest anew. */
  protected render(): unknown {
    this.isPlain ??= !this.live && rendersAsKnown() && resolvesAsUsual(App.of(this));
    return this.isPlain && this.patchCount === 0 ? renderPlain(this, this.options.spec) : super.toJson();
  }

  private rename(name: string, isKnown: boolean): void {
    if (name === this.name) return;
    overwriteName(this, name);
    overwriteName(this.metadata, name);
    // Unknown metadata may keep its name elsewhere.
    if (!isKnown) super.addJsonPatch(JsonPatch.add('/metadata/name', name));
  }
}

/** Replaces the name that cdk8s made, which is readonly. */
function overwriteName(named: { readonly name?: string }, name: string): void {
  Object.defineProperty(named, 'name', { value: name, configurable: true, enumerable: true, writable: true });
}
