import { isMeantForJobSet } from '../../api/job-set';
import { InvalidInputError, JobsError } from '../../core/errors';
import type { Finding } from '../../core/finding';
import { given } from '../../core/given';
import { isMeantForBatch } from '../../rules/decode/batch-kind';
import type { DeliveredOptions } from '../../rules/rule/versions';
import { identityOf } from '../../rules/same-name';
import { idsSilencedIn } from '../../rules/silence';
import { fateOf, type TellOptions } from '../../rules/tell';
import { findAll } from '../../rules/validate-manifest';
import { type KubectlObject, objectsAt, readKubectlObjects } from '../../yaml/kubectl-objects';
import type { ManifestDocument } from '../../yaml/read-manifests';
import { findReadingFaults } from '../../yaml/reading-findings';
import { AppSourceError } from '../app/syntax-error';
import type { ManifestFile } from '../input/manifest-file';
import { findingOfRefusal, placeFinding, type PlacedFinding } from '../input/place-finding';
import { partForOthers } from '../tables/order-findings';
import { countObject, type ReadCounts } from '../tables/read-summary';
import type { ReportedFinding, ValidationReport } from '../tables/validation-report';

/** How files are checked. */
export interface CheckSettings {
  /** What objects are judged by. */
  readonly judging: DeliveredOptions;
  readonly telling: TellOptions;
  /** Whether a file without a manifest is a mistake. */
  readonly mustHoldSome: boolean;
}

/** What is counted in a file. */
type Counts = Required<Omit<ReadCounts, 'files'>> & Pick<ValidationReport, 'heldBack' | 'notDecoded' | 'silenced'>;

/** What checking a file by itself found; plain data, which another thread can hand over. */
export interface CheckedFile {
  readonly name: string;
  readonly documents: readonly CheckedDocument[];
  /** What is wrong with the file itself, or with what comes behind its documents. */
  readonly problem?: ReportedFinding;
  /** Whether it could not be read, for whatever reason but what stands in it. */
  readonly isUnread: boolean;
  readonly counts: Counts;
}

/** What was found in a document. */
interface CheckedDocument {
  /** What its reader and kubectl say of it. */
  readonly findings: readonly ReportedFinding[];
  readonly objects: readonly CheckedObject[];
}

/** An object that was checked, of whatever kind. */
export interface CheckedObject {
  /** What the checks of all objects together look at. */
  readonly part: object;
  /** What identifies a Job or a CronJob among all of them. */
  readonly identity: string | undefined;
  /** What stands before the object's fields in its document: `items[2].` for one of a list. */
  readonly pathPrefix: string;
  readonly findings: readonly ReportedFinding[];
}

/** How the objects of a document are judged, where that depends on it: `pathPrefix` is what stands before their fields. */
export type JudgingOf = (document: ManifestDocument, pathPrefix: string) => DeliveredOptions;

/** So many files are read, and then judged. */
const atOnce = 100;

/** Checks files by themselves. What only all of them together tell, a report adds. */
export function checkEach(
  files: readonly ManifestFile[], settings: CheckSettings, judgingOf: JudgingOf = () => settings.judging,
): readonly CheckedFile[] {
  const checked: CheckedFile[] = [];
  // A processor that goes to and fro between the two for each file takes a fifth longer.
  for (let from = 0; from < files.length; from += atOnce) {
    for (const read of files.slice(from, from + atOnce).map(readNow)) {
      checked.push('counts' in read ? read : new FileChecker(read.name, settings, judgingOf).check(read));
    }
  }
  return checked;
}

function readNow(file: ManifestFile): CheckedFile | ManifestFile {
  const { name } = file;
  try {
    return { name, stream: file.stream };
  } catch (error) {
    if (JobsError.is(error)) return unreadFile(name, error);
    throw error;
  }
}

/** A file, or a word of the command line, that could not be read. */
export function unreadFile(name: string, error: JobsError): CheckedFile {
  return { name, documents: [], problem: toFinding(name, error), isUnread: !(error instanceof InvalidInputError), counts: noCounts() };
}

/** A document, and which one of its file it is, from 1. */
interface Numbered {
  readonly document: ManifestDocument;
  readonly position: number;
}

/** Checks one file. */
class FileChecker {
  private readonly counts = noCounts();

  public constructor(private readonly name: string, private readonly settings: CheckSettings, private readonly judgingOf: JudgingOf) {}

  public check({ name, stream: { documents, error, hint } }: ManifestFile): CheckedFile {
    this.counts.documents = documents.length;
    const checked = documents.map((document, index) => this.checkDocument({ document, position: index + 1 }));
    const isEmpty = documents.length === 0 && this.settings.mustHoldSome;
    const problem = error !== undefined ? problemAt(name, error, `Cannot read the document: ${error.message}`, hint)
      : isEmpty ? problemAt(name, start, 'It holds no manifest', 'write a Job or a CronJob') : undefined;
    return { name, documents: checked, ...given({ problem }), isUnread: false, counts: this.counts };
  }

  private checkDocument(numbered: Numbered): CheckedDocument {
    const { document } = numbered;
    const reading = readKubectlObjects(document.value);
    const { objects, refusals } = reading;
    const ofReader = findReadingFaults(document).flatMap((finding) => (
      this.tell(finding, objectsAt(reading, finding.field), numbered, () => finding)
    ));
    const ofKubectl = refusals.map(findingOfRefusal).flatMap((finding) => (
      this.tell(finding, [], numbered, () => placeFinding(document, finding))
    ));
    if (refusals.some(({ field }) => field !== '')) this.counts.notDecoded += 1;
    return { findings: [...ofReader, ...ofKubectl], objects: objects.map((object) => this.checkObject(object, numbered)) };
  }

  private checkObject({ value, pathPrefix }: KubectlObject, numbered: Numbered): CheckedObject {
    const { counts } = this;
    const isJobSet = isMeantForJobSet(value);
    const isOfBatch = isMeantForBatch(value);
    if (isJobSet) counts.jobSets += 1;
    else countObject(counts, value, isOfBatch);
    const part = partForOthers(value);
    if (!isOfBatch && !isJobSet) return { part, identity: undefined, pathPrefix, findings: none };
    const { document } = numbered;
    const found = findAll(value, this.judgingOf(document, pathPrefix));
    if (found.some(({ type }) => type === 'Decode')) counts.notDecoded += 1;
    const findings = found.flatMap((finding) => this.tell(finding, [value], numbered, () => placeFinding(document, finding, pathPrefix)));
    return { part, identity: identityOf(value), pathPrefix, findings };
  }

  /** A finding about objects, unless it is held back or one of them silences it. `place` finds where it stands. */
  private tell(
    finding: Finding, about: readonly unknown[], { position }: Numbered, place: () => PlacedFinding,
  ): readonly ReportedFinding[] {
    const fate = fateOf(finding, this.settings.telling, finding.severity === 'error' ? [] : about.flatMap(idsSilencedIn));
    if (fate === 'told') return [{ ...place(), file: this.name, document: position }];
    this.counts[fate] += 1;
    return none;
  }
}

const none: readonly ReportedFinding[] = [];

/** Nothing is counted yet. */
export function noCounts(): { -readonly [Count in keyof Counts]: number } {
  return { documents: 0, jobs: 0, cronJobs: 0, jobSets: 0, others: 0, notDecoded: 0, heldBack: 0, silenced: 0 };
}

const start = { line: 1, column: 1 };

/** What kept a file from being read, as a finding at the place that the error names. */
function toFinding(word: string, error: JobsError): ReportedFinding {
  // The line already begins with the path of the app.
  if (!(error instanceof AppSourceError)) return problemAt(word, start, error.message.replace(`Cannot synthesize ${word}: `, 'Cannot synthesize: '), error.hint);
  const { file, line, column, text } = error.fault;
  return problemAt(file.replaceAll('\\', '/'), { line, column }, `Cannot synthesize ${word}: ${text}`);
}

/** A finding about a file itself. */
export function problemAt(file: string, { line, column }: Pick<PlacedFinding, 'column' | 'line'>, message: string, hint?: string): ReportedFinding {
  return {
    rule: 'input',
    field: '',
    type: 'Decode',
    severity: 'error',
    file,
    document: 0,
    line,
    column,
    message: hint === undefined ? message : `${message}: ${hint}`,
  };
}
