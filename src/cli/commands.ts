/* eslint-disable @typescript-eslint/no-require-imports --
   a command's code is loaded when it is called; import() would need a file extension that does not exist before compiling */
import type { CommandEntry } from './command';

/** All commands in the order of the help; a new command is one more entry. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'validate',
    group: 'check',
    summary: 'what the API server would say to manifests, without asking it',
    example: 'validate dist/ job.yaml',
    load: () => (require('./commands/validate') as typeof import('./commands/validate')).validateCommand,
  },
  {
    name: 'simulate',
    group: 'check',
    summary: 'what would happen to a Job or CronJob, under a virtual clock',
    example: 'simulate job.yaml --script failures.yaml',
    load: () => (require('./commands/simulate') as typeof import('./commands/simulate')).simulateCommand,
  },
  {
    name: 'next',
    group: 'check',
    summary: 'when a schedule fires, as the CronJob controller starts Jobs',
    example: "next '30 2 * * *' --time-zone Europe/Berlin",
    load: () => (require('./next-definition') as typeof import('./next-definition')).nextDefinition,
  },
  {
    name: 'explain',
    group: 'ask',
    summary: 'what a field is: type, values, first version',
    example: 'explain spec.podReplacementPolicy',
    load: () => (require('./commands/explain') as typeof import('./commands/explain')).explainCommand,
  },
];
