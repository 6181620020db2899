import { type Field, parseField } from '../api/field-entry';
import { fieldsOfType } from '../api/field-table';

/**
 * The fields of Services whose merge is not that of any value: they are no part of the field table, which is that of Jobs.
 *
 * @source staging/src/k8s.io/api/core/v1/types.go ServiceSpec (v1.37)
 */
const fieldsOfServices: ReadonlyMap<string, ReadonlyMap<string, Field>> = new Map([
  ['v1.Service', new Map([['metadata', parseField('ObjectMeta')], ['spec', parseField('v1.ServiceSpec')]])],
  ['v1.ServiceSpec', new Map([['ports', parseField('v1.ServicePort[] list=map(port,protocol)')]])],
]);

/** The fields of a type, of a Service too. */
export function fieldsOfServedType(type: string): ReadonlyMap<string, Field> {
  return fieldsOfServices.get(type) ?? fieldsOfType(type);
}
