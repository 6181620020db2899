/**
 * The place of a value in a manifest, printed as the API server prints it: `spec.containers[0].env[1].name`, `metadata.labels[app]`.
 *
 * A path is a linked list to its root, so that walking down an object costs no text until a finding needs one.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/util/validation/field/path.go Path (v1.37)
 */
export class FieldPath {
  /** The path of the object itself; its children have no leading dot. */
  public static readonly root = new FieldPath(undefined, '', false);

  private constructor(
    private readonly parent: FieldPath | undefined, private readonly step: string | number, private readonly isInBrackets: boolean,
  ) {}

  /** The path of a field, or of a field within a field: `child('spec', 'template')`. */
  public child(...names: readonly string[]): FieldPath {
    // Nearly all ask for one.
    if (names.length === 1) return new FieldPath(this, names[0] ?? '', false);
    let path: FieldPath = this;
    for (const name of names) path = new FieldPath(path, name, false);
    return path;
  }

  /** The path of a list element. */
  public index(position: number): FieldPath {
    return new FieldPath(this, position, true);
  }

  /** The path of a map entry. */
  public key(name: string): FieldPath {
    return new FieldPath(this, name, true);
  }

  /** The whole path as text; empty for the root. */
  public toString(): string {
    const segments: string[] = [];
    for (let path: FieldPath = this; path.parent !== undefined; path = path.parent) segments.push(path.segment());
    return segments.reverse().join('');
  }

  private segment(): string {
    if (this.isInBrackets) return `[${this.step}]`;
    return this.parent?.parent === undefined ? String(this.step) : `.${this.step}`;
  }
}
