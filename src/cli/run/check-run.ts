import { isMeantForJobSet } from '../../api/job-set';
import { isKindName, kindInBatch } from '../../api/kinds';
import { InvalidInputError, UsageError } from '../../core/errors';
import type { Finding } from '../../core/finding';
import { type ImageCommands, findLocalFaults } from '../../local/admission';
import { isMeantForBatch } from '../../rules/decode/batch-kind';
import { orderOf } from '../../rules/order';
import { identityOf, sameNameFinding } from '../../rules/same-name';
import { validateManifest } from '../../rules/validate-manifest';
import { namePlace, placedLines } from '../input/place-finding';
import type { LocatedObject } from '../input/run-manifests';
import { decodesFirst } from '../tables/validation-report';

/**
 * Refuses what no cluster can run, before anything is applied: no Job at all, a CronJob without `--once`, the same Job twice, an
 * impossible order.
 *
 * @throws {UsageError} that names file, line and document.
 */
export function checkRun(objects: readonly LocatedObject[], once: boolean, programName: string): void {
  const work = objects.filter(({ object }) => kindInBatch(object) !== undefined);
  const [first] = objects;
  if (work.length === 0 && first !== undefined) {
    const meant = objects.filter(({ object }) => isMeantForBatch(object));
    const lines = meant.flatMap((located) => errorLines(located, validateManifest(located.object)));
    if (lines.length > 0) throw new UsageError(`Cannot run ${lines.join('\n')}`, 'a Job has apiVersion: batch/v1 and kind: Job');
    const files = [...new Set(objects.map(({ file }) => file))].join(', ');
    const { kind, apiVersion } = first.object;
    if (isMeantForJobSet(first.object)) {
      const { name = 'NAME' } = first.object.metadata ?? {};
      const hint = `apply it with: ${programName} apply, and follow a Job of it with: ${programName} wait job/${name}-ENTRY-0 -f`;
      throw new UsageError(`Cannot run ${placeOf(first)}: a JobSet is not a Job: its controller makes the Jobs`, hint);
    }
    // Other groups have a Job of their own, as Volcano does.
    const what = isKindName(kind) ? `is of ${apiVersion}: it is no ${kind} of batch` : 'is not a Job';
    throw new UsageError(`Cannot run ${objects.length > 1 ? `${files}: there is no Job of batch` : `${placeOf(first)}: a ${kind} ${what}`}`, 'a Job has apiVersion: batch/v1 and kind: Job');
  }
  const cronJob = work.find(({ object }) => kindInBatch(object)?.kind === 'CronJob');
  if (cronJob !== undefined && !once) {
    throw new UsageError(
      `Cannot run ${placeOf(cronJob)}: CronJob ${JSON.stringify(cronJob.object.metadata?.name ?? '')} runs by its schedule`,
      `run it once now with --once, or apply it and use: ${programName} trigger`,
    );
  }
  refuseTwins('run', work);
  refuseOrder(objects);
}

/** @throws {InvalidInputError} for an order in which something could never begin. */
function refuseOrder(objects: readonly LocatedObject[]): void {
  const { faults } = orderOf(objects.map(({ object }) => object));
  const lines = faults.flatMap(({ position, finding }) => {
    const located = objects[position];
    return located === undefined ? [] : errorLines(located, [finding]);
  });
  const isCircle = faults.some(({ finding }) => finding.rule === 'after-without-circle');
  const hint = isCircle ? 'each object waits for Jobs that can be complete without it' : undefined;
  if (lines.length > 0) throw new InvalidInputError(`Cannot run ${lines.join('\n')}`, hint);
}

/**
 * Refuses what the local engine cannot run, before anything is started.
 *
 * @throws {UsageError} with one line for each mistake, naming file, line, column, document and field.
 */
export function checkLocalRun(objects: readonly LocatedObject[], images: ImageCommands): void {
  const lines: string[] = [];
  const found: Finding[] = [];
  for (const located of objects.filter(({ object }) => isMeantForBatch(object))) {
    const findings = findLocalFaults(located.object, images);
    lines.push(...errorLines(located, findings));
    found.push(...findings);
  }
  if (lines.length > 0) throw new UsageError(`Cannot run ${lines.join('\n')}`, hintForFindings(found));
}

/**
 * Refuses an object that has the name of another one: the second would only change the first.
 *
 * @throws {InvalidInputError} with a line for each, which names both places.
 */
export function refuseTwins(verb: string, objects: readonly LocatedObject[]): void {
  const seen = new Map<string, LocatedObject>();
  const lines = objects.flatMap((located) => {
    const identity = identityOf(located.object);
    if (identity === undefined) return [];
    const twin = seen.get(identity);
    if (twin !== undefined) return errorLines(located, [sameNameFinding(identity, namePlace(twin.file, twin.document, twin.pathPrefix))]);
    seen.set(identity, located);
    return [];
  });
  if (lines.length > 0) throw new InvalidInputError(`Cannot ${verb} ${lines.join('\n')}`, 'give each a name or a namespace of its own');
}

/** `job.yaml:14: document 2`. */
export function placeOf({ file, document, position }: LocatedObject): string {
  return `${file}:${document.line}: document ${position}`;
}

/** The lines of errors in one object, in the order of the text. */
export function errorLines(place: LocatedObject, findings: readonly Finding[]): string[] {
  return placedLines(findings.filter(({ severity }) => severity === 'error'), place);
}

/** The hint below errors of which some hide others. */
export function hintForFindings(findings: readonly Finding[]): string | undefined {
  return findings.some(({ type }) => type === 'Decode') ? decodesFirst : undefined;
}
