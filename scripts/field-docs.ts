/** What a type is, for the types whose name does not say it. */
export const typeDocs: Readonly<Record<string, string>> = {
  Quantity: 'A Kubernetes quantity, as in `500m` or `1.5Gi`.',
  Time: 'A time in RFC 3339, cut to the second.',
  IntOrString: 'A number, or a name.',
  FieldsV1: 'Field sets of managed fields.',
};

/** What a field means, by `Type.field`; fields that are not here are described by their shape. */
export const fieldDocs: Readonly<Record<string, string>> = {
  'JobSpec.parallelism': 'How many pods may run at the same time. Whole number, 0 or more; 0 pauses. Default 1.',
  'JobSpec.completions': 'How many pods must succeed. Whole number, 0 or more. Default 1, or none when only parallelism is given.',
};
