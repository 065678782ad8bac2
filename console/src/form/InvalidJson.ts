/** What a JSON field holds while its text cannot be read. Never sent. */
export class InvalidJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
