import { advice, adviceSource } from './advice-rule';
import { type Decoded } from '../../api/decoded';
import { type JobSpec } from '../../api/kubernetes';
import { type RuleGroup } from '../rule/rule';
import { inJob, minimalPod } from '../rule/wrap';

const ring = { completionMode: 'Indexed', completions: 3, parallelism: 3 } as const;
const inRing = (pod: object): object => ({ ...ring, template: { spec: { ...minimalPod, subdomain: 'ring', ...pod } } });

/** What keeps the pods of an Indexed Job from finding one another by host names, although all is as Kubernetes wants it. */
export const peersAdvice: RuleGroup<Decoded<JobSpec>> = {
  at: 'spec',
  source: adviceSource,
  wrap: inJob,
  rules: [
    advice({
      id: 'peers-start-together',
      field: 'parallelism',
      message: 'is less than completions: a pod whose turn has not come has no address yet, and who waits for it may keep it from its turn',
      finds: (spec, scope) => {
        const { completions = 0, parallelism = 1 } = spec;
        if (havePeers(spec) && parallelism > 0 && parallelism < completions) scope.report(parallelism);
      },
      examples: {
        bad: [{ ...inRing({}), parallelism: 2 }],
        good: [inRing({}), { ...ring, parallelism: 2 }, { ...inRing({}), parallelism: 0 }],
      },
    }),
    advice({
      id: 'peers-fail-together',
      field: 'backoffLimitPerIndex',
      message: 'gives up one index while the others go on, and wait for it: write backoffLimit, or a JobSet, which starts all of them again',
      finds: (spec, scope) => { if (havePeers(spec) && spec.backoffLimitPerIndex !== undefined) scope.report(spec.backoffLimitPerIndex); },
      examples: {
        bad: [{ ...inRing({}), backoffLimitPerIndex: 1 }],
        good: [{ ...inRing({}), backoffLimit: 1 }, { ...ring, backoffLimitPerIndex: 1 }],
      },
    }),
    advice({
      id: 'peers-ask-the-cluster-dns',
      field: 'template.spec.dnsPolicy',
      message: 'asks the name servers of the node, which know no pods: write ClusterFirst, and ClusterFirstWithHostNet beside hostNetwork',
      finds: (spec, scope) => {
        const { dnsPolicy = 'ClusterFirst', hostNetwork = false } = spec.template?.spec ?? {};
        if (havePeers(spec) && (dnsPolicy === 'Default' || (hostNetwork && dnsPolicy === 'ClusterFirst'))) scope.report(dnsPolicy);
      },
      examples: {
        bad: [inRing({ dnsPolicy: 'Default' }), inRing({ hostNetwork: true })],
        good: [
          inRing({}),
          inRing({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }),
          inRing({ dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.10'] } }),
        ],
      },
    }),
  ],
};

/** With a subdomain, each pod is to be found by its own name. */
function havePeers({ completionMode, template }: Decoded<JobSpec>): boolean {
  return completionMode === 'Indexed' && (template?.spec?.subdomain ?? '') !== '';
}
