/** One key of `user_data`: whether what is sent can be read by others. */
export interface KeyLabel {
  readonly key: string;
  readonly label: 'hashed' | 'plain';
}

/** A server event as the console shows it. */
export interface LabelledEvent {
  readonly name: string;
  readonly userData: readonly KeyLabel[];
  readonly json: string;
}

const longestJson = 20_000;
const digest = /^([0-9a-f]{32}|[0-9a-f]{64}(\.[\w-]{2,8})?)$/i;

/** Takes whatever came in `data`, also what is no event at all. */
export function labelledEvent(event: unknown): LabelledEvent {
  const { event_name: name, user_data: userData } = asObject(event);
  return {
    name: typeof name === 'string' && name !== '' ? name : '(no name)',
    userData: Object.entries(asObject(userData)).map(([key, value]) => ({ key, label: labelOf(value) })),
    json: readableJson(event),
  };
}

/** Indented JSON, cut when it is very long. */
export function readableJson(value: unknown): string {
  try {
    const json = JSON.stringify(value, undefined, 2) ?? String(value);
    return json.length > longestJson ? `${json.slice(0, longestJson)}\n… ${json.length} characters in all` : json;
  } catch {
    return '(nested too deep to be shown)';
  }
}

function labelOf(value: unknown): KeyLabel['label'] {
  const values = [value].flat();
  const hashed = values.length > 0 && values.every((one) => typeof one === 'string' && digest.test(one));
  return hashed ? 'hashed' : 'plain';
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
