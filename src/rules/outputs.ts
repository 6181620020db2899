import { formatJobName, type JobName } from '../api/order';
import { findOutputs, formatOutputName, isInsideReference, type OutputName, type OutputPlace } from '../api/outputs';
import type { Finding } from '../core/finding';

/** What is wrong with the outputs that an object names: `isEarlier` tells which Jobs are complete before it begins. */
export function findOutputFaults(object: unknown, isEarlier: (job: JobName) => boolean): Finding[] {
  return findOutputs(object).flatMap((place) => [
    ...place.malformed.map((text) => fault(place, { rule: 'output-well-formed', message: `${shape}, but found ${JSON.stringify(text)}` })),
    ...place.isFilledIn ? [] : [fault(place, { rule: 'output-where-run-fills-it-in', message: elsewhere })],
    ...isInsideReference(place.text) ? [fault(place, { rule: 'output-where-run-fills-it-in', message: inReference })] : [],
    ...place.names.filter((name) => !isEarlier(name)).map((name) => fault(place, { rule: 'output-of-earlier-job', message: notEarlier(name) })),
  ]);
}

/** What to know of an object that names outputs: nobody but `run` fills them in, so that in Git they are an error. */
export function noteOutputs(object: unknown, isInGit: boolean): Finding[] {
  return findOutputs(object).filter(({ isFilledIn, names }) => isFilledIn && names.length > 0).map((place) => ({
    ...fault(place, { rule: 'output-filled-in-by-run', message: onlyRun }),
    severity: isInGit ? 'error' : 'advice',
  }));
}

const shape = 'write <cdk8s-jobs:output/JOB/NAME>, with NAMESPACE/ before JOB for a Job of another namespace';
const elsewhere = 'an output is filled into values of variables, arguments, commands and annotations, and nowhere else';
const inReference = 'an output cannot be a part of a $(REFERENCE)';
const onlyRun = 'only cdk8s-jobs run fills this in: what applies the manifest in another way starts the Job with this text';

function notEarlier(name: OutputName): string {
  const { output: _, ...job } = name;
  return `${formatOutputName(name)} is of no Job that this one waits for: name ${formatJobName(job)} in cdk8s-jobs/after (a CronJob has no outputs)`;
}

function fault({ path, text }: OutputPlace, { rule, message }: Pick<Finding, 'rule' | 'message'>): Finding {
  return { rule, field: path.toString(), type: 'Invalid', message, value: text, severity: 'error' };
}
