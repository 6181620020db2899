import type { ApiObject } from 'cdk8s';
import { contentOfApp } from './app-content';
import { withMetadata } from './render/with-metadata';
import { baseNameAnnotation } from '../api/labels';
import type { Finding } from '../core/finding';
import { asObject, isObject } from '../core/json';
import { hashedName } from '../gitops/content-hash';

/**
 * The name of a Job that ends with a hash of its content: `migrate-7t2dkzm4xq`.
 *
 * It is worked out whenever somebody reads it, from what is there then. A name that was read stays true, or the Job is refused.
 */
export class ContentName {
  /** The names that were read so far. */
  private readonly told = new Set<string>();
  private isHashing = false;

  /** @param rerun as the user wrote it. */
  public constructor(private readonly rerun: unknown, private readonly maxLength: number) {}

  /** The manifest of an object with the name that it gets by its content; unchanged where it has no name or cannot be read. */
  public rename(manifest: unknown, owner: ApiObject): unknown {
    const { name, namespace } = asObject(asObject(manifest).metadata);
    if (typeof name !== 'string' || name === '') return manifest;
    const { on } = asObject(this.rerun);
    this.isHashing = true;
    try {
      const find = contentOfApp(owner, namespace);
      const hashed = hashedName(manifest, this.maxLength, { name, find, on: typeof on === 'string' ? on : undefined });
      return hashed === undefined ? manifest : withMetadata(manifest, { name: hashed, annotations: { [baseNameAnnotation]: name } });
    } finally {
      this.isHashing = false;
    }
  }

  /**
   * The name of a manifest that was renamed, for somebody who will write it down.
   *
   * @throws Error where the name is wanted for what the Job reads: it would have to hold its own hash
   */
  public tell(render: () => unknown): string {
    if (this.isHashing) throw new Error('what the Job reads holds the name of the Job, which is made from what it reads: leave one of them out');
    const { name } = asObject(asObject(render()).metadata);
    this.told.add(String(name));
    return String(name);
  }

  /** What is wrong with the name of a manifest, and with what it is made from. */
  public findings(manifest: unknown): Finding[] {
    const { name, generateName } = asObject(asObject(manifest).metadata);
    const findings = findRerunFaults(this.rerun);
    if (generateName !== undefined) findings.push(generatedName);
    const early = [...this.told].find((told) => told !== name);
    if (early === undefined) return findings;
    const message = `was '${early}' when it was read, and what the Job is made from changed afterwards: read it last, or as Lazy.any({ produce: () => job.name })`;
    return [...findings, { rule: 'name-read-too-early', field: 'metadata.name', type: 'Invalid', message, value: name, severity: 'error' }];
  }
}

const generatedName: Finding = {
  rule: 'rerun-names-the-job',
  field: 'metadata.generateName',
  type: 'Forbidden',
  message: 'a Job with `rerun` gets its name from its content: write `name`, or leave both out',
  severity: 'error',
};

function findRerunFaults(rerun: unknown): Finding[] {
  if (rerun === 'on-change') return [];
  if (!isObject(rerun)) {
    const message = 'supported values: "on-change", { on: "<the tag of a release>" }';
    return [{ rule: 'rerun-supported', field: 'rerun', type: 'NotSupported', message, value: rerun, severity: 'error' }];
  }
  if (typeof rerun.on === 'string' && rerun.on !== '') return [];
  const message = 'a text that is new for each run, such as the tag of a release';
  return [{ rule: 'rerun-needs-mark', field: 'rerun.on', type: 'Required', message, severity: 'error' }];
}
