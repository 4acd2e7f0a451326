import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { HealthNotice } from '../../server/wire.ts';
import { announce } from '../state/announce.ts';
import { status } from '../state/store.ts';
import { CommandLine } from './command-line.tsx';
import { dateTime, duration, shortTime } from './format.ts';
import { Icon } from './icons.tsx';

const none: readonly HealthNotice[] = [];

/** Strip on every view of what is wrong right now: cause, consequence, since when, and the command that mends it. */
export function HealthStrip(): JSX.Element {
  const notices = useComputed(() => status.value?.health ?? none).value;
  const gravest = notices.find(({ tone }) => tone === 'dead')?.title;
  useEffect(() => {
    if (gravest !== undefined) announce(gravest);
  }, [gravest]);
  return (
    <div class="notices health">
      {notices.map((notice) => (
        <Notice key={`${notice.kind} ${notice.destination ?? notice.title.slice(0, 20)}`} notice={notice} />
      ))}
    </div>
  );
}

function Notice({ notice }: { readonly notice: HealthNotice }): JSX.Element {
  const { kind, tone, title, detail, fix, command, since, link } = notice;
  return (
    <section class={`notice ${tone}`} aria-label={`Health: ${kind.replaceAll('_', ' ')}`}>
      <Icon name="warning" />
      <div>
        <p>
          <b>{title}</b> {detail}{' '}
          {since === undefined ? undefined : (
            <time dateTime={new Date(since).toISOString()} title={dateTime(since)}>
              {`Since ${shortTime(since).replace(/\.\d+$/, '')} (${duration(Date.now() - since)}).`}
            </time>
          )}
          {link === undefined ? undefined : (
            <>
              {' '}
              <a href={`#/${link}`}>Show them</a>
            </>
          )}
        </p>
        <p class="fix">{fix}</p>
        {command === undefined ? undefined : <CommandLine command={command} />}
      </div>
    </section>
  );
}
