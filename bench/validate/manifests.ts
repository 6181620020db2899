import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Job of common size, 1 kB, without findings. */
function jobText(number: number): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: etl-${number}
  namespace: media
  labels:
    app: etl
    part: "${number % 17}"
spec:
  backoffLimit: 2
  completions: 3
  parallelism: 3
  completionMode: Indexed
  activeDeadlineSeconds: 3600
  ttlSecondsAfterFinished: 86400
  template:
    metadata:
      labels:
        app: etl
    spec:
      restartPolicy: Never
      containers:
        - name: main
          image: registry.example/etl:1.${number % 9}
          command:
            - sh
            - -c
            - 'echo part $JOB_COMPLETION_INDEX of ${number}'
          env:
            - name: INPUT
              value: s3://bucket/in/${number}.csv
            - name: OUTPUT
              value: "s3://bucket/out/${number}.csv"
          resources:
            requests:
              cpu: 100m
              memory: 64Mi
            limits:
              memory: 64Mi
          volumeMounts:
            - name: scratch
              mountPath: /scratch
      volumes:
        - name: scratch
          emptyDir: {}
`;
}

/** Writes Jobs into one file, and returns its path. */
export function writeOneFile(folder: string, jobs: number): string {
  const file = join(folder, `jobs-${jobs}.yaml`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, Array.from({ length: jobs }, (_, number) => jobText(number)).join('---\n'));
  return file;
}

/** Writes each Job into a file of its own, and returns the folder of the files. */
export function writeFolder(folder: string, jobs: number): string {
  const place = join(folder, `jobs-${jobs}`);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  for (let number = 0; number < jobs; number += 1) writeFileSync(join(place, `job-${number}.yaml`), jobText(number));
  return place;
}
