import type { Place } from './reader/member-reader.ts';

/** Changes members of a JSON object in its own text: what is not changed stays as it was written. */
export class JsonSplice {
  private readonly json: string;
  private readonly edits: Edit[] = [];
  private appended = '';

  /** @param json an object with a member at least, nothing around it */
  constructor(json: string) {
    this.json = json;
  }

  /** Puts JSON text in a place. */
  put(start: number, end: number, text: string): void {
    this.edits.push({ start, end, text });
  }

  /** Puts members, written as JSON and with a comma before each, at the end of an object within. */
  extend({ start, end }: Place, members: string): void {
    const isEmpty = this.json.slice(start + 1, end - 1).trim() === '';
    this.put(end - 1, end - 1, isEmpty ? members.slice(1) : members);
  }

  /** Takes a member out. @param place of its value, a text, which stands behind the name as it is written here */
  cut({ start, end }: Place, name: string): void {
    const from = this.json.lastIndexOf(`"${name}"`, start - 2);
    const before = this.json.slice(0, from).trimEnd();
    const comma = /^\s*,/.exec(this.json.slice(end + 1, end + 101))?.[0] ?? '';
    if (before.endsWith(',')) this.put(before.length - 1, end + 1, '');
    else this.put(from, end + 1 + comma.length, '');
  }

  /** Adds a member that is not there at the end. */
  append(name: string, json: string): void {
    this.appended += `,"${name}":${json}`;
  }

  toString(): string {
    const { json, edits } = this;
    let text = '';
    let from = 0;
    edits.sort((one, other) => one.start - other.start);
    for (const edit of edits) {
      text += json.slice(from, edit.start) + edit.text;
      from = edit.end;
    }
    return `${text}${json.slice(from, -1)}${this.appended}}`;
  }
}

interface Edit extends Place {
  readonly text: string;
}
