const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as HTML, in an element or in the quotes of an attribute; colours of a terminal and other control characters are left out. */
export function escapeHtml(text: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)/g, '').replace(/[^\P{Cc}\n\t]/gu, '');
  return plain.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
