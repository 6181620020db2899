import { Option, type Command } from 'commander';
import { examineCluster } from '../../runtime/doctor/doctor';
import { exitStatuses } from '../../verdict/exit-status';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, openRealCluster } from '../input/cluster-call';
import { renderDoctorReport } from '../tables/doctor-report';

/** `doctor`: whether `run` can work here. */
export const doctorCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  addClusterOptions(command)
    .addOption(new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nNothing is changed on the cluster. Exit status: 0 when `run` can work, 125 when it cannot.');
}

async function run({ options, context: { env, output } }: CommandCall): Promise<number> {
  const flags = options as unknown as ClusterFlags & { readonly output: 'text' | 'json' };
  const cluster = await openRealCluster(flags, env);
  try {
    const report = await examineCluster(cluster);
    if (flags.output === 'json') output.line(JSON.stringify({ apiVersion: 'cdk8s-jobs/v1', kind: 'DoctorReport', ...report }, null, 2));
    else renderDoctorReport(report, output);
    return report.ok ? 0 : exitStatuses.error;
  } finally {
    await cluster.close();
  }
}
