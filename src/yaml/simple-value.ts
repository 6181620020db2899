import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { resolvePlain } from './plain-scalars';
import type { ParsedText } from './tolerant-parse';

/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * The JSON of a document that has only maps, lists and scalars, and keys that are texts and stand once: nearly all documents are such.
 *
 * Undefined for any other: `constructValue` reads them all, and notes what is peculiar and where. Both read a document to the same value.
 */
export function tryReadSimple({ text, events }: ParsedText): Json | undefined {
  return new SimpleReader(text, events).read();
}

/** Each method returns undefined for what is not simple. */
class SimpleReader {
  /** Behind the event of the document itself. */
  private position = 1;

  public constructor(private readonly text: string, private readonly events: readonly Event[]) {}

  public read(): Json | undefined {
    const event = this.events[this.position];
    this.position += 1;
    switch (event?.type) {
      case EVENT_ID.SCALAR: return isBare(event) ? this.readScalar(event) : undefined;
      case EVENT_ID.MAPPING: return isBare(event) ? this.readMapping() : undefined;
      case EVENT_ID.SEQUENCE: return isBare(event) ? this.readSequence() : undefined;
      default: return undefined;
    }
  }

  private readScalar(event: ScalarEvent): Json | undefined {
    const written = getScalarValue(this.text, event);
    return event.style === SCALAR_STYLE.PLAIN ? readPlain(written) : written;
  }

  private readSequence(): Json | undefined {
    const list: Json[] = [];
    while (!this.ends()) {
      const item = this.read();
      if (item === undefined) return undefined;
      list.push(item);
    }
    return list;
  }

  private readMapping(): Json | undefined {
    const map: { [key: string]: Json } = {};
    while (!this.ends()) {
      const key = this.read();
      if (typeof key !== 'string' || isPeculiarKey(key) || Object.hasOwn(map, key)) return undefined;
      const value = this.read();
      if (value === undefined) return undefined;
      map[key] = value;
    }
    return map;
  }

  /** Whether the collection ends here, and if so goes on behind it. */
  private ends(): boolean {
    const isEnd = this.events[this.position]?.type === EVENT_ID.POP;
    if (isEnd) this.position += 1;
    return isEnd;
  }
}

/** The value of a scalar without quotes; undefined for a number that JSON or JavaScript does not have. */
export function readPlain(written: string): Json | undefined {
  const value = resolvePlain(written);
  if (typeof value !== 'bigint' && typeof value !== 'number') return value;
  const number = Number(value);
  // Of a whole number that is too large for one the digits are kept, which is no matter of a value.
  return !Number.isFinite(number) || Number.isInteger(number) && !Number.isSafeInteger(number) ? undefined : number;
}

/** Whether a key means something to YAML or to JavaScript. */
export function isPeculiarKey(key: string): boolean {
  return key === '<<' || key === '__proto__';
}

/** Whether a node has neither anchor nor tag. */
function isBare({ anchorStart, tagStart }: { readonly anchorStart: number; readonly tagStart: number }): boolean {
  return anchorStart === -1 && tagStart === -1;
}
