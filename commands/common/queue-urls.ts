export interface QueueUrls {
  readonly events: string;
  readonly deadLetters: string;
}
