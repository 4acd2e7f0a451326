/** Descriptions of a deployment's functions in Lambda; by these, and by their variable `ENVIRONMENT`, commands find them. */
export const functionDescriptions = {
  ingest: 'Checks Segment calls and puts their events on the queue',
  deliver: "Sends queued events to Meta's Conversions API",
} as const;

export type FunctionRole = keyof typeof functionDescriptions;
