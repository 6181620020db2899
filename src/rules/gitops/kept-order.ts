import { type Delivery } from './delivery';
import { type KustomizationSettings, readKustomization } from './settings';
import { type ArgoCdMarks, argoCdAnnotations, type GitOpsTool, readArgoCdMarks, readFluxMarks } from '../../api/gitops';
import { afterAnnotation } from '../../api/order';
import { type Finding } from '../../core/finding';
import { type Before } from '../../core/graph';
import { asObject } from '../../core/json';

/** An object that is committed, and how it is applied. */
interface InGit {
  readonly object: unknown;
  /** The path of its file. */
  readonly file: string;
  readonly delivery: Delivery | undefined;
}

/** What is wrong with the order of an object. */
interface OrderFault {
  readonly position: number;
  readonly finding: Finding;
}

/**
 * Where a tool that applies from Git does not keep the order of the annotation `cdk8s-jobs/after`, which it does not know: an object is not
 * applied later than the Job that it waits for. What cannot be told from the objects is not told.
 *
 * @param before by position, the Jobs that each object waits for.
 * @source docs/gitops-cases.md A29, A31, F20, F21
 */
export function findUnkeptOrder(objects: readonly InGit[], before: Before, tool: GitOpsTool): readonly OrderFault[] {
  const kustomizations = objects.flatMap(({ object }) => readKustomization(object) ?? []);
  return objects.flatMap((self, position) => (before[position] ?? []).flatMap((earlier): OrderFault[] => {
    const other = objects[earlier];
    if (other === undefined) return [];
    const message = tool === 'argocd' ? inArgoCd(self, other) : inFlux(self, other, kustomizations);
    if (message === undefined) return [];
    const field = `metadata.annotations[${afterAnnotation}]`;
    return [{ position, finding: { rule: 'order-kept-in-git', field, type: 'Invalid', severity: 'warning', message, value: nameOf(other) } }];
  }));
}

function inArgoCd(self: InGit, other: InGit): string | undefined {
  if (self.delivery?.application !== other.delivery?.application) return undefined;
  const [own, earlier] = [readArgoCdMarks(self.object), readArgoCdMarks(other.object)];
  const [phase, earlierPhase] = [phaseOf(own), phaseOf(earlier)];
  if (phase === undefined || earlierPhase === undefined) return undefined;
  const late = phase - earlierPhase || own.wave - earlier.wave;
  if (late > 0) return undefined;
  const when = late < 0 ? 'before' : 'at once with';
  const what = phase === earlierPhase ? `a later ${argoCdAnnotations.syncWave} than its ${earlier.wave}` : 'a hook of a later phase';
  return `Argo CD does not know this annotation, and applies the object ${when} ${nameOf(other)}: write ${what}`;
}

/** The place of an object in a sync; undefined for what has none, or several. */
function phaseOf({ isHook, isSkipped, phases }: ArgoCdMarks): number | undefined {
  if (isSkipped) return undefined;
  const [phase = '', ...more] = isHook ? phases : ['Sync'];
  const place = ['PreSync', 'Sync', 'PostSync'].indexOf(phase);
  return place < 0 || more.length > 0 ? undefined : place;
}

function inFlux(self: InGit, other: InGit, all: readonly KustomizationSettings[]): string | undefined {
  if (readFluxMarks(self.object).isIgnored || readFluxMarks(other.object).isIgnored) return undefined;
  const [own, earlier] = [self.delivery?.kustomization, other.delivery?.kustomization];
  // Folders that no Kustomization names may each have one of their own.
  const isUnknown = (own === undefined || earlier === undefined) && (own !== earlier || folderOf(self.file) !== folderOf(other.file));
  if (isUnknown || (own !== earlier && own !== undefined && earlier !== undefined && dependsOn(own, earlier, all))) return undefined;
  const when = own === earlier ? 'at once with' : 'without waiting for';
  return `Flux does not know this annotation, and applies the object ${when} ${nameOf(other)}: `
    + 'put that into a Kustomization of its own with wait: true, on which the one of this object depends (dependsOn)';
}

/** Whether a Kustomization waits for another one, directly or not. */
function dependsOn(one: KustomizationSettings, other: KustomizationSettings, all: readonly KustomizationSettings[]): boolean {
  const names = new Set(one.dependsOn);
  for (const name of names) for (const next of all.find((each) => each.name === name)?.dependsOn ?? []) names.add(next);
  return names.has(other.name);
}

function folderOf(file: string): string {
  return file.replaceAll('\\', '/').split('/').slice(0, -1).join('/');
}

function nameOf({ object }: InGit): string {
  return String(asObject(asObject(object).metadata).name ?? '');
}
