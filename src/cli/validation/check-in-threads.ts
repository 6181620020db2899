import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { checkEach, type CheckedFile, type CheckSettings } from './check-file';
import { FileOnDisk } from '../input/manifest-file';

/** What all threads are told. */
export interface CheckTask {
  readonly files: ReadonlyArray<Pick<FileOnDisk, 'name' | 'path'>>;
  readonly settings: CheckSettings;
  /** One number that the threads share: the position of the first file that none of them has taken. */
  readonly next: Int32Array;
  /** How many files a thread takes at a time. */
  readonly batchSize: number;
}

/** Some files in a row that one thread checked. */
export interface CheckedBatch {
  /** The position of the first of them. */
  readonly from: number;
  readonly checked: readonly CheckedFile[];
}

/** Checks files in several threads, this one among them; the answers come in the order of the files. */
export async function checkInThreads(
  files: readonly FileOnDisk[], settings: CheckSettings, threads: number, batchSize = 100,
): Promise<readonly CheckedFile[]> {
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const task: CheckTask = { files: files.map(({ name, path }) => ({ name, path })), settings, next, batchSize };
  const elsewhere = Array.from({ length: threads - 1 }, async () => checkElsewhere(task));
  const batches = [checkBatches(task), ...await Promise.all(elsewhere)].flat();
  return batches.sort((one, other) => one.from - other.from).flatMap(({ checked }) => checked);
}

/** Takes files and checks them until all are taken. */
export function checkBatches({ files, settings, next, batchSize }: CheckTask): readonly CheckedBatch[] {
  const batches: CheckedBatch[] = [];
  for (;;) {
    const from = Atomics.add(next, 0, batchSize);
    if (from >= files.length) return batches;
    const batch = files.slice(from, from + batchSize).map(({ name, path }) => new FileOnDisk(name, path));
    batches.push({ from, checked: checkEach(batch, settings) });
  }
}

/** Has another thread check what it can take. */
async function checkElsewhere(task: CheckTask): Promise<readonly CheckedBatch[]> {
  const worker = new Worker(join(__dirname, 'check-worker.js'), { workerData: task });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
      .once('exit', (code) => reject(new Error(`a thread that checks files ended with ${code} and no answer`)));
  });
}
