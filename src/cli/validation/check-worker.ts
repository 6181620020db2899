/** Another thread of `checkInThreads`: it takes files, and hands over what it found in them. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkBatches, type CheckTask } from './check-in-threads';

parentPort?.postMessage(checkBatches(workerData as CheckTask));
