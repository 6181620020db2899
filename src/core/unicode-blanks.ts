/** Whether a UTF-16 unit is white space to Go; unlike in JavaScript, NEL is and the byte order mark is not. */
export function isBlank(unit: number): boolean {
  return (unit >= 0x09 && unit <= 0x0d) || unit === 0x20 || unit === 0x85 || unit === 0xa0 || unit === 0x1680
    || (unit >= 0x2000 && unit <= 0x200a) || unit === 0x2028 || unit === 0x2029 || unit === 0x202f || unit === 0x205f || unit === 0x3000;
}

/** The offset of the first character from `from` that is not white space. */
export function skipBlanks(text: string, from: number): number {
  let position = from;
  while (position < text.length && isBlank(text.charCodeAt(position))) position += 1;
  return position;
}

/** A text without white space at its ends, as Go's strings.TrimSpace leaves it. */
export function trimBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(skipBlanks(text.slice(0, end), 0), end);
}
