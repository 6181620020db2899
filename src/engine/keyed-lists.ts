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
    if (draft !== undefined) return draft.keys ??= keysInOrder(draft.places);
    const list = this.lists.get(name);
    return list === undefined ? noKeys : keysInOrder(list.edit());
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
  }

  /** Takes an object out of a list; nothing happens when it is not there. */
  public leave(name: string, key: ObjectKey): void {
    const draft = this.drafts.get(name) ?? (this.lists.get(name) === undefined ? undefined : this.draftOf(name));
    if (draft === undefined) return;
    draft.places.delete(key);
    draft.keys = undefined;
    if (draft.places.size > 0) return;
    this.drafts.delete(name);
    this.lists.delete(name);
  }

  /** The lists as they are now; changes of the draft that come later leave them alone. */
  public freeze(): KeyedLists {
    this.drafts.forEach(({ places }, name) => this.lists.set(name, places.freeze()));
    this.drafts.clear();
    return this.lists.freeze();
  }

  private draftOf(name: string): ListDraft {
    const known = this.drafts.get(name);
    if (known !== undefined) return known;
    const places = (this.lists.get(name) ?? Table.empty<ObjectKey, number>()).edit();
    const draft: ListDraft = { places, keys: undefined };
    this.drafts.set(name, draft);
    return draft;
  }
}

const noKeys: readonly ObjectKey[] = [];

/** Most lists are in the order of creation already. */
function keysInOrder(places: TableDraft<ObjectKey, number>): readonly ObjectKey[] {
  const keys: ObjectKey[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let isSorted = true;
  places.forEach((key, place) => {
    isSorted &&= place >= last;
    last = place;
    keys.push(key);
  });
  return isSorted ? keys : [...places.entries()].sort(([, one], [, other]) => one - other).map(([key]) => key);
}
