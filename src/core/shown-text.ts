/** A text in a message: itself, and `""` where one would see nothing. */
export function shownText(text: string): string {
  return text === '' ? '""' : text;
}
