/**
 * Compiles a pattern in which every `*` stands for any run of characters, none included; without one the text must
 * be equal. Takes linear time in the text for each part of the pattern.
 */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const [prefix = '', ...rest] = pattern.split('*');
  const suffix = rest.pop();
  if (suffix === undefined) return (text) => text === pattern;
  const inner = rest.filter((part) => part !== '');
  return (text) => {
    const last = text.length - suffix.length;
    if (prefix.length > last || !text.startsWith(prefix) || !text.endsWith(suffix)) return false;
    let from = prefix.length;
    for (const part of inner) {
      const found = text.indexOf(part, from);
      if (found === -1 || found + part.length > last) return false;
      from = found + part.length;
    }
    return true;
  };
}
