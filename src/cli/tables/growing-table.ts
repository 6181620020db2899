import { columns, columnWidths } from './columns';
import { objectRows, type TableOptions } from './object-table';
import type { KubernetesObject } from '../../port/cluster-port';

/** A table of objects of one kind that come bit by bit: one head, and columns as wide as the first rows made them. */
export class GrowingTable {
  private widths: readonly number[] | undefined;

  public constructor(private readonly options: TableOptions) {}

  /** The lines to print for some more objects. */
  public add(objects: readonly KubernetesObject[], isDeleted: boolean): string[] {
    const { head, rows } = objectRows(objects, { ...this.options, isDeleted });
    const shown = this.widths === undefined ? [head, ...rows] : rows;
    const lines = columns(shown, this.widths);
    this.widths ??= columnWidths(shown);
    return lines;
  }
}
