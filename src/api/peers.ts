/** The label of pods that find one another by host names: its value is the name of the headless Service that gives them these names. */
export const peersLabel = 'cdk8s-jobs/peers';

/** The variable with the name of the Job, which is known only in its pods when it is generated. */
export const jobNameVariable = 'JOB_NAME';

/** The variable with the host names of all pods of the Job, by index, with commas between them. */
export const peersVariable = 'JOB_PEERS';

/** How many host names are listed at most: of the longest ones that there can be, as many fit the 128 KiB that Linux gives one variable. */
export const mostListedPeers = 1000;

/**
 * The host name of a pod of an Indexed Job, as pods of its namespace find it: `ring-0.ring`.
 *
 * @source pkg/controller/job/job_controller.go manageJob (v1.37)
 */
export function hostName(job: string, index: number, subdomain: string): string {
  return `${job}-${index}.${subdomain}`;
}
