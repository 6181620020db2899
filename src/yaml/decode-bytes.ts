/** Bytes decoded as text. */
interface DecodedText {
  /** The text without its byte order mark. */
  readonly text: string;
  /** Whether some bytes were invalid in the encoding; each became U+FFFD, without a word from kubectl. */
  readonly isDamaged: boolean;
}

/**
 * The text of a file as kubectl decodes it: a byte order mark chooses UTF-8 or UTF-16; without one it is UTF-8.
 *
 * Invalid bytes become U+FFFD, without an error.
 *
 * @source staging/src/k8s.io/cli-runtime/pkg/resource/visitor.go FileVisitor.Visit (v1.37)
 */
export function decodeBytes(input: string | Uint8Array): DecodedText {
  const text = typeof input === 'string' ? input.replace(loneSurrogate, '\ufffd') : decode(input);
  const isDamaged = typeof input === 'string' ? text !== input : text.includes('\ufffd') && !isValid(input);
  return { text: text.startsWith('\ufeff') ? text.slice(1) : text, isDamaged };
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const keepMark = { ignoreBOM: true };
const utf8 = new TextDecoder('utf-8', keepMark);

function decode(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  return (encoding === 'utf-8' ? utf8 : new TextDecoder(encoding, keepMark)).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

function isValid(bytes: Uint8Array): boolean {
  try {
    new TextDecoder(encodingOf(bytes), { ...keepMark, fatal: true }).decode(bytes);
    return true;
  } catch {
    // The decoder's only error is the one asked for.
    return false;
  }
}
