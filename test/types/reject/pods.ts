import { Chart } from 'cdk8s';
import { NonParallelJob, NonParallelJobProps } from 'cdk8s-jobs';

declare const chart: Chart;
const main = { name: 'main', image: 'busybox' } as const;

new NonParallelJob(chart, 'good', { restartPolicy: 'Never', containers: [main] });
//✗ restartPolicy: a Job must be able to end; use 'Never', a new pod for each attempt, or 'OnFailure', the container again
new NonParallelJob(chart, 'a', { restartPolicy: 'Always', containers: [main] });
//✗ Property 'restartPolicy' is missing
new NonParallelJob(chart, 'b', { containers: [main] });
//✗ restartPolicy: a Job must be able to end; use 'Never', a new pod for each attempt
new NonParallelJob(chart, 'c', { restartPolicy: 'never', containers: [main] });
//✗ Property 'containers' is missing
new NonParallelJob(chart, 'd', { restartPolicy: 'Never' });
//✗ Property 'image' is missing
new NonParallelJob(chart, 'e', { restartPolicy: 'Never', containers: [{ name: 'main' }] });
//✗ Property 'name' is missing
new NonParallelJob(chart, 'f', { restartPolicy: 'Never', containers: [{ image: 'busybox' }] });
//✗ Type 'string' is not assignable to type 'readonly string[]'
new NonParallelJob(chart, 'g', { restartPolicy: 'Never', containers: [{ ...main, command: 'echo hi' }] });
//✗ Type 'number' is not assignable to type 'string | PlusEnvValue | undefined'
new NonParallelJob(chart, 'h', { restartPolicy: 'Never', containers: [{ ...main, env: [{ name: 'RETRIES', value: 3 }] }] });
//✗ valueFrom has one source; declare two variables
new NonParallelJob(chart, 'i', { restartPolicy: 'Never', containers: [{ ...main, env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' }, configMapKeyRef: { name: 'c', key: 'k' } } }] }] });
//✗ an envFrom entry has one source; write two entries
new NonParallelJob(chart, 'j', { restartPolicy: 'Never', containers: [{ ...main, envFrom: [{ secretRef: { name: 's' }, configMapRef: { name: 'c' } }] }] });
//✗ Did you mean '"Always"'?
new NonParallelJob(chart, 'k', { restartPolicy: 'Never', containers: [{ ...main, imagePullPolicy: 'always' }] });
//✗ a handler does one thing: exec, httpGet, tcpSocket, grpc or sleep; remove the others
new NonParallelJob(chart, 'l', { restartPolicy: 'Never', containers: [{ ...main, livenessProbe: { exec: { command: ['true'] }, tcpSocket: { port: 80 } } }] });
//✗ an init container runs to its end and has no probes; for a sidecar add restartPolicy: 'Always'
new NonParallelJob(chart, 'm', { restartPolicy: 'Never', containers: [main], initContainers: [{ name: 'init', image: 'busybox', livenessProbe: { exec: { command: ['true'] } } }] });
//✗ lifecycle: an init container has no hooks; for a sidecar add restartPolicy: 'Always'
new NonParallelJob(chart, 'n', { restartPolicy: 'Never', containers: [main], initContainers: [{ name: 'init', image: 'busybox', lifecycle: { preStop: { exec: { command: ['true'] } } } }] });
//✗ ephemeralContainers: only a running pod can be given one, with kubectl debug; use initContainers or containers
new NonParallelJob(chart, 'o', { restartPolicy: 'Never', containers: [main], ephemeralContainers: [] });
//✗ a volume has one source; declare two volumes
new NonParallelJob(chart, 'p', { restartPolicy: 'Never', containers: [main], volumes: [{ name: 'v', emptyDir: {}, secret: { secretName: 's' } }] });
//✗ volumeMounts: no volume of this pod has that name; write the name of one, or declare it in volumes
new NonParallelJob(chart, 'q', { restartPolicy: 'Never', containers: [{ ...main, volumeMounts: [{ name: 'date', mountPath: '/data' }] }], volumes: [{ name: 'data', emptyDir: {} }] });
//✗ this label is set by the Job controller; leave it out or use a key of your own
new NonParallelJob(chart, 'r', { restartPolicy: 'Never', containers: [main], podMetadata: { labels: { 'app': 'x', 'job-name': 'x' } } });
//✗ this label is set by the Job controller; leave it out or use a key of your own
new NonParallelJob(chart, 's', { restartPolicy: 'Never', containers: [main], podMetadata: { labels: { 'batch.kubernetes.io/controller-uid': 'x' } } });
//✗ Type 'number' is not assignable to type 'string'
new NonParallelJob(chart, 't', { restartPolicy: 'Never', containers: [main], podMetadata: { annotations: { port: 80 } } });
//✗ this field is set by the API server; leave it out
new NonParallelJob(chart, 'u', { restartPolicy: 'Never', containers: [main], metadata: { uid: '1' } });
//✗ 'imgae' does not exist
new NonParallelJob(chart, 'v', { restartPolicy: 'Never', containers: [{ name: 'main', imgae: 'busybox' }] });
//✗ 'readonly' does not exist
new NonParallelJob(chart, 'w', { restartPolicy: 'Never', containers: [{ ...main, volumeMounts: [{ name: 'v', mountPath: '/v', readonly: true }] }] });
//✗ Type '"ClusterLast"' is not assignable to type
new NonParallelJob(chart, 'x', { restartPolicy: 'Never', containers: [main], dnsPolicy: 'ClusterLast' });
//✗ Type '"exists"' is not assignable to type
new NonParallelJob(chart, 'y', { restartPolicy: 'Never', containers: [main], tolerations: [{ operator: 'exists' }] });
//✗ Property 'restartPolicy' is missing
export const props: NonParallelJobProps = { containers: [main] };
//✗ use 'Never', a new pod for each attempt, or 'OnFailure', the container again
export const always: NonParallelJobProps = { restartPolicy: 'Always', containers: [main] };
//✗ valueFrom: a variable has a value or a source, not both; remove one
new NonParallelJob(chart, 'z', { restartPolicy: 'Never', containers: [{ ...main, env: [{ name: 'A', value: 'x', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }] });
//✗ 'sometimes' is none of the words that this field takes
new NonParallelJob(chart, 'a1', { restartPolicy: 'Never', containers: [{ ...main, imagePullPolicy: 'sometimes' }], dnsPolicy: 'None' });
