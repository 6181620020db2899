type Fields = Readonly<Record<string, unknown>>;

/** A Job with one container that never restarts, but for what its spec says; the spec of its pods is merged. */
export function kubernetesJob({ template, ...spec }: Fields & { readonly template?: { readonly spec: Fields } }): object {
  const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }], ...template?.spec };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'etl' }, spec: { ...spec, template: { spec: pod } } };
}
