import type { ObjectKey } from './keys';
import { Table, type TableDraft } from './table';
import { ChangingMap } from '../core/changing-map';

/** Lists of objects, by what the objects of a list have in common; each has the place of an object in the order of creation. */
export type KeyedLists = Table<string, Table<ObjectKey, number>>;

/** A list being changed. */
interface ListDraft {
  readonly places: TableDraft<ObjectKey, number>;
  /** Its keys in the order of creation, while they are known. */
  keys: readonly ObjectKey[] | undefined;
  /** Whether its objects came in that order, as most do, and the place of the last one. */
  isInOrder: boolean;
  last: number;
}

/** Lists of objects being changed. */
export class KeyedListsDraft {
  private readonly lists: TableDraft<string, Table<ObjectKey, number>>;
  private readonly drafts = new ChangingMap<string, ListDraft>();

  public constructor(lists: KeyedLists) {
    this.lists = lists.edit();
  }

  /** Whether there is a list of a name; one that is empty is gone. */
  public has(name: string): boolean {
    return this.drafts.has(name) || this.lists.get(name) !== undefined;
  }

  /** The keys in a list, in the order of creation. */
  public keysOf(name: string): readonly ObjectKey[] {
    const draft = this.drafts.get(name);
    if (draft !== undefined) return draft.keys ??= draft.isInOrder ? draft.places.keys() : sortedKeys(draft.places);
    const list = this.lists.get(name);
    return list === undefined ? noKeys : sortedKeys(list.edit());
  }

  /** The place of an object in a list, or undefined. */
  public placeOf(name: string, key: ObjectKey): number | undefined {
    return this.drafts.get(name)?.places.get(key) ?? this.lists.get(name)?.get(key);
  }

  /** Puts an object into a list. */
  public enter(name: string, key: ObjectKey, place: number): void {
    const draft = this.draftOf(name);
    draft.places.set(key, place);
    draft.keys = undefined;
    draft.isInOrder &&= place >= draft.last;
    draft.last = place;
  }

  /** Takes an object out of a list; nothing happens when it is not there. */
  public leave(name: string, key: ObjectKey): void {
    const draft = this.drafts.get(name) ?? (this.lists.get(name) === undefined ? undefined : this.draftOf(name));
    if (draft === undefined) return;
    if (draft.places.size > 1 || draft.places.get(key) === undefined) {
      draft.places.delete(key);
      draft.keys = undefined;
      return;
    }
    // Nothing else is in it.
    this.drafts.delete(name);
    this.lists.delete(name);
  }

  /** The lists as they are now; changes of the draft that come later leave them alone. */
  public freeze(): KeyedLists {
    for (const [name, { places }] of this.drafts.entries()) this.lists.set(name, places.freeze());
    this.drafts.clear();
    return this.lists.freeze();
  }

  private draftOf(name: string): ListDraft {
    const known = this.drafts.get(name);
    if (known !== undefined) return known;
    const places = (this.lists.get(name) ?? Table.empty<ObjectKey, number>()).edit();
    const draft: ListDraft = { places, keys: undefined, isInOrder: places.size === 0, last: Number.NEGATIVE_INFINITY };
    this.drafts.set(name, draft);
    return draft;
  }
}

const noKeys: readonly ObjectKey[] = [];

function sortedKeys(places: TableDraft<ObjectKey, number>): readonly ObjectKey[] {
  return [...places.entries()].sort(([, one], [, other]) => one - other).map(([key]) => key);
}
