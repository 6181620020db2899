import type { Command } from 'commander';
import { queueOf } from '../../api/kueue';
import { isSuspended } from '../../runtime/job-state';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { jobsAndCronJobs, kindOfSubject, readNamed } from '../input/subjects';
import { forEachObject } from '../run/each-object';
import { referenceName } from '../tables/object-name';

/** `suspend`: ends the pods of Jobs and starts none, and starts no Jobs of CronJobs, until they are resumed. */
export const suspendCommand: CommandDefinition = { define, run: (call) => run(call, 'suspend') };

/** `resume`: lets suspended Jobs and CronJobs go on. */
export const resumeCommand: CommandDefinition = { define, run: (call) => run(call, 'resume') };

function define(command: Command): void {
  command.argument('<jobs...>', 'names, job/NAME, or cronjob/NAME');
  addClusterOptions(command).addHelpText('after', '\nThe Jobs that a CronJob has made already are no part of it: they are suspended and resumed by their own names.');
}

/** What is said of a Job or CronJob, by what it was before. */
const outcomes = {
  suspend: { going: 'suspended', suspended: 'is suspended already' },
  resume: { going: 'is not suspended', suspended: 'resumed' },
};

/** What is said of a Job that a queue starts and stops. */
const outcomesInQueue = { suspend: 'suspended: its queue passes it over until it is resumed', resume: 'is in its queue, which decides when it runs' };

async function run({ args, options, context }: CommandCall, verb: 'suspend' | 'resume'): Promise<number> {
  const subjects = readNamed(args[0] as readonly string[], jobsAndCronJobs);
  return withCluster(options as ClusterFlags, context, (cluster) => forEachObject(subjects, context.output, async (subject) => {
    const { name } = subject;
    const kind = kindOfSubject(subject);
    const before = await cluster.get(name, { kind });
    await cluster[verb](name, { kind });
    if (queueOf(before) !== undefined) return `${referenceName(subject)} ${outcomesInQueue[verb]}`;
    const wasSuspended = isSuspended(before);
    return `${referenceName(subject)} ${outcomes[verb][wasSuspended ? 'suspended' : 'going']}`;
  }));
}
