import { ApiObjectMetadataDefinition, type OwnerReference } from 'cdk8s';
import { noteChange } from './changes';
import { hasKnownMethods } from './known-cdk8s';

/** Where watched metadata counts its changes. */
const changes = Symbol('changes');

/** Metadata that counts its changes; they are made through its methods only. */
class WatchedMetadata extends ApiObjectMetadataDefinition {
  public [changes] = 0;

  public override add(key: string, value: unknown): void {
    this.noteOwnChange();
    super.add(key, value);
  }

  public override addLabel(key: string, value: string): void {
    this.noteOwnChange();
    super.addLabel(key, value);
  }

  public override addAnnotation(key: string, value: string): void {
    this.noteOwnChange();
    super.addAnnotation(key, value);
  }

  public override addFinalizers(...finalizers: string[]): void {
    this.noteOwnChange();
    super.addFinalizers(...finalizers);
  }

  public override addOwnerReference(owner: OwnerReference): void {
    this.noteOwnChange();
    super.addOwnerReference(owner);
  }

  private noteOwnChange(): void {
    this[changes] += 1;
    noteChange();
  }
}

/**
 * Makes the metadata that cdk8s has given to an object count its changes from now on.
 *
 * @returns false where it may change in unknown ways: it is then left as it is.
 */
export function watch(metadata: ApiObjectMetadataDefinition): boolean {
  if (!hasKnownMethods || Object.getPrototypeOf(metadata) !== ApiObjectMetadataDefinition.prototype) return false;
  // The count comes first: V8 gives each object that gets a field after its prototype was changed a shape of its own.
  (metadata as WatchedMetadata)[changes] = 0;
  Object.setPrototypeOf(metadata, WatchedMetadata.prototype);
  return true;
}

/** How often metadata has changed since it has been watched; 0 where it is not. */
export function changesOf(metadata: ApiObjectMetadataDefinition): number {
  return (metadata as Partial<WatchedMetadata>)[changes] ?? 0;
}
