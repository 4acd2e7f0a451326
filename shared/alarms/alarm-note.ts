import type { Causes } from './causes.ts';
import type { RingingAlarm } from './read-alarm.ts';

/** Message to somebody on call. */
export interface AlarmNote {
  readonly title: string;
  readonly says: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Line to type. */
  readonly command: string;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly isOver: boolean;
}

export interface NoteOptions {
  readonly environment: string;
  /** Page of the alarm itself. */
  readonly alarmUrl: string | undefined;
  /** Page on what to do for each alarm. */
  readonly runbookUrl: string | undefined;
}

/** Names cause, consequence and command of an alarm. @param causes undefined where the logs could not be read */
export function alarmNote(
  { name, says, isOver, since }: RingingAlarm,
  causes: Causes | undefined,
  { environment, alarmUrl, runbookUrl }: NoteOptions,
): AlarmNote {
  const { reasons = [], held = [], tokensRefused = [], messageIds = [], changes = [] } = causes ?? {};
  const waiting = tokensRefused.length > 0 ? tokensRefused : held;
  const facts: (readonly [string, string])[] = [
    ['Environment', environment],
    [isOver ? 'Over since' : 'Since', `${since.toISOString().slice(0, 19)}Z`],
  ];
  if (waiting.length > 0) facts.push([tokensRefused.length > 0 ? 'Token refused' : 'Held', waiting.join(', ')]);
  if (reasons.length > 0) {
    facts.push([
      'Top reasons',
      reasons.map(({ reason, count }) => `${reason}: ${count.toLocaleString('en-US')}`).join(', '),
    ]);
  }
  if (messageIds.length > 0) facts.push(['Message ids', messageIds.join(', ')]);
  if (changes.length > 0) facts.push(['Event names', changes.slice(0, mostChanges).join(', ')]);
  if (causes === undefined) facts.push(['Reasons', 'The logs could not be read.']);
  return {
    title: `${isOver ? 'OK' : 'ALARM'}: ${name}`,
    says,
    facts,
    command: commandOf(name, environment, causes),
    links: [
      ...(runbookUrl === undefined ? [] : [{ title: 'What to do', url: runbookUrl }]),
      ...(alarmUrl === undefined ? [] : [{ title: 'Alarm', url: alarmUrl }]),
    ],
    isOver,
  };
}

const mostChanges = 5;

function commandOf(alarm: string, environment: string, causes: Causes | undefined): string {
  if (/EventNames(Fell|Grew)$/.test(alarm)) return `npm run quality -- --env ${environment}`;
  const [destination] = causes?.tokensRefused ?? [];
  if (destination !== undefined) return `npm run token:set -- --env ${environment} --destination ${destination}`;
  const [top] = causes?.reasons ?? [];
  if (top?.reason.startsWith('dead ')) return `npm run dead-letters -- list --env ${environment}`;
  return `npm run doctor -- --env ${environment}`;
}
