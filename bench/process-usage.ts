import { readFileSync } from 'node:fs';

/** CPU time and memory of a process. */
export interface Usage {
  /** Milliseconds, of user and system. */
  readonly cpu: number;
  /** Resident, in MB of 1024². */
  readonly memory: number;
  /** The most that was resident so far. */
  readonly mostMemory: number;
}

/** What a process has used so far, as Linux counts it. @throws Error when there is none of that number any more */
export function usageOf(pid: number | undefined): Usage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  const ticks = Number(stat[11]) + Number(stat[12]);
  const megabytes = (label: string): number => Number(new RegExp(`^${label}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024;
  return { cpu: ticks * 10, memory: megabytes('VmRSS'), mostMemory: megabytes('VmHWM') };
}
