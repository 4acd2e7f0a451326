/** The older Segment library ships no types; this is what the tests use of it. */
declare module 'analytics-node' {
  export default class Analytics {
    constructor(writeKey: string, options: { host: string });
    track(call: object): void;
    page(call: object): void;
    identify(call: object): void;
    flush(done: (error?: Error) => void): void;
  }
}

declare module 'analytics-node-3' {
  export { default } from 'analytics-node';
}
