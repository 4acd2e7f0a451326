import type { SNSEvent } from 'aws-lambda';
import { alarmNote, type NoteOptions } from '../../shared/alarms/alarm-note.ts';
import { type Causes, causesIn } from '../../shared/alarms/causes.ts';
import { type RingingAlarm, readAlarm } from '../../shared/alarms/read-alarm.ts';
import { webhookBody } from '../../shared/alarms/webhook-body.ts';

export interface NotifyEffects extends Omit<NoteOptions, 'alarmUrl'> {
  readonly fetch: typeof globalThis.fetch;
  /** Address of the webhook, which is a secret: whoever has it may post. */
  readonly readWebhook: () => Promise<string>;
  /** Lines of the functions' logs since a time. */
  readonly readLogs: (since: Date) => Promise<readonly string[]>;
}

/** An alarm looks back; so long before it rang its cause may have begun. */
const lookBackMs = 20 * 60_000;
const withinMs = 10_000;

/**
 * Posts each alarm of an SNS event to a webhook.
 *
 * @throws Error when the webhook does not take one, so that SNS tries again; never with the address in it
 */
export async function notify({ Records }: SNSEvent, effects: NotifyEffects): Promise<void> {
  const address = (await effects.readWebhook()).trim();
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' && url?.hostname !== '127.0.0.1') {
    throw new Error('The secret of the webhook holds no HTTPS address.');
  }
  for (const { Sns } of Records) {
    const alarm = readAlarm(Sns.Message);
    if (alarm === undefined) continue;
    const causes = await causesOf(alarm.since, effects);
    const note = alarmNote(alarm, causes, { ...effects, alarmUrl: alarmUrl(alarm) });
    await post(url, webhookBody(note, url), effects.fetch);
  }
}

const alarmUrl = ({ name, region }: RingingAlarm): string | undefined =>
  region === undefined
    ? undefined
    : `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#alarmsV2:alarm/${encodeURIComponent(name)}`;

/** An alarm without its causes is better than none. */
async function causesOf(since: Date, { readLogs }: NotifyEffects): Promise<Causes | undefined> {
  try {
    return causesIn(await readLogs(new Date(since.getTime() - lookBackMs)));
  } catch {
    return undefined;
  }
}

async function post(url: URL, body: object, fetch: typeof globalThis.fetch): Promise<void> {
  let status: number;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // Whoever answers with another address is not who was trusted with the alarm.
      redirect: 'error',
      signal: AbortSignal.timeout(withinMs),
    });
    status = response.status;
    await response.body?.cancel();
  } catch {
    throw new Error('The webhook could not be reached.');
  }
  if (status < 200 || status > 299) throw new Error(`The webhook answered ${status}.`);
}
