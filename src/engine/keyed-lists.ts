import type { ObjectKey } from './keys';
import { Table, type TableDraft } from './table';
import { CellMap } from '../core/cell-map';

/** Lists of objects, by what the objects of a list have in common; each has the place of an object in the order of creation. */
export type KeyedLists = Table<string, Table<ObjectKey, number>>;

/** Lists of objects being changed. */
export class KeyedListsDraft {
  private readonly lists: TableDraft<string, Table<ObjectKey, number>>;
  private readonly drafts = new CellMap<string, TableDraft<ObjectKey, number>>();

  public constructor(lists: KeyedLists) {
    this.lists = lists.edit();
  }

  /** Whether there is a list of a name; one that is empty is gone. */
  public has(name: string): boolean {
    return this.drafts.has(name) || this.lists.get(name) !== undefined;
  }

  /** What is found by the keys in a list, in the order of creation; most lists are in it already. */
  public collect<Found>(name: string, find: (key: ObjectKey) => Found | undefined): readonly Found[] {
    const list = this.drafts.get(name) ?? this.lists.get(name)?.edit();
    const found: Found[] = [];
    if (list === undefined) return found;
    let last = Number.NEGATIVE_INFINITY;
    let isSorted = true;
    list.forEach((key, place) => {
      isSorted &&= place >= last;
      last = place;
      const one = find(key);
      if (one !== undefined) found.push(one);
    });
    return isSorted ? found : [...list.entries()].sort(([, one], [, other]) => one - other).flatMap(([key]) => find(key) ?? []);
  }

  /** The place of an object in a list, or undefined. */
  public placeOf(name: string, key: ObjectKey): number | undefined {
    return this.drafts.get(name)?.get(key) ?? this.lists.get(name)?.get(key);
  }

  /** Puts an object into a list. */
  public enter(name: string, key: ObjectKey, place: number): void {
    this.draftOf(name).set(key, place);
  }

  /** Takes an object out of a list; nothing happens when it is not there. */
  public leave(name: string, key: ObjectKey): void {
    if (!this.has(name)) return;
    const draft = this.draftOf(name);
    draft.delete(key);
    if (draft.size > 0) return;
    this.drafts.delete(name);
    this.lists.delete(name);
  }

  /** The lists as they are now; changes of the draft that come later leave them alone. */
  public freeze(): KeyedLists {
    this.drafts.forEach((draft, name) => this.lists.set(name, draft.freeze()));
    this.drafts.clear();
    return this.lists.freeze();
  }

  private draftOf(name: string): TableDraft<ObjectKey, number> {
    const known = this.drafts.get(name);
    if (known !== undefined) return known;
    const draft = (this.lists.get(name) ?? Table.empty<ObjectKey, number>()).edit();
    this.drafts.set(name, draft);
    return draft;
  }
}
