/**
 * The annotation of an object, its template or its pods that names findings by their ids, with commas between them: they are not told of
 * the object. Kubernetes itself does not know it.
 */
export const silenceAnnotation = 'cdk8s-jobs/silence';
