/** Options of syncs that an object and its Application both may set. */
import { type ApplicationSettings } from './settings';
import { type ArgoCdMarks } from '../../api/gitops';

/** Whose word an option is. */
type Said = 'by the object' | 'by its Application';

type Marks = Pick<ArgoCdMarks, 'syncOptions'>;

/**
 * Who says that the object is replaced; undefined when nobody does. An object cannot take back what its Application says: `Replace=false`
 * counts for nothing.
 *
 * @source argoproj/gitops-engine pkg/sync/sync_context.go applyObject (of Argo CD 3.2.11 and 3.6.1)
 */
export function replacedBy({ syncOptions }: Marks, application: ApplicationSettings | undefined): Said | undefined {
  if (syncOptions.includes('Replace=true')) return 'by the object';
  return application?.replace === true ? 'by its Application' : undefined;
}

/**
 * Who says that the object is applied on the server's side; undefined when nobody does, and when the object itself says no.
 *
 * @source argoproj/gitops-engine pkg/sync/sync_context.go shouldUseServerSideApply (of Argo CD 3.2.11 and 3.6.1)
 */
export function serverSideBy({ syncOptions }: Marks, application: ApplicationSettings | undefined): Said | undefined {
  if (syncOptions.includes('ServerSideApply=false')) return undefined;
  if (syncOptions.includes('ServerSideApply=true')) return 'by the object';
  return application?.serverSideApply === true ? 'by its Application' : undefined;
}
