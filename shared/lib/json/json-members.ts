/** The name of a member as JSON, up to its value and up to within a text; with what stands between it and the member before. */
export interface Member {
  readonly first: string;
  readonly next: string;
  readonly nextAfterText: string;
  readonly firstText: string;
  readonly nextText: string;
  readonly nextTextAfterText: string;
}

/** @param name that JSON writes as it is */
export const memberNamed = (name: string): Member => ({
  first: `{"${name}":`,
  next: `,"${name}":`,
  nextAfterText: `","${name}":`,
  firstText: `{"${name}":"`,
  nextText: `,"${name}":"`,
  nextTextAfterText: `","${name}":"`,
});

/**
 * Fast twin of `JSON.stringify`: writes an object as JSON, member by member, in less time than it takes to make the object and write that. What counts is
 * how many pieces are joined: a text's closing quotation mark is written together with the name of the next member.
 */
export class ObjectWriter {
  private json = '';
  private endsInText = false;

  /** @param value as JSON */
  value({ first, next, nextAfterText }: Member, value: string | number): void {
    this.json += (this.endsInText ? nextAfterText : this.json === '' ? first : next) + value;
    this.endsInText = false;
  }

  /** @param text that JSON writes as it is */
  text({ firstText, nextText, nextTextAfterText }: Member, text: string): void {
    this.json += (this.endsInText ? nextTextAfterText : this.json === '' ? firstText : nextText) + text;
    this.endsInText = true;
  }

  finish(): string {
    if (this.json === '') return '{}';
    return this.json + (this.endsInText ? '"}' : '}');
  }
}
