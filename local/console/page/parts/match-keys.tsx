import type { MatchKeyAdvice } from '../../../../shared/explain/explanation.ts';

/** Which keys Meta can match the person by, and which others would help most. */
export const MatchKeys = ({ keys }: { readonly keys: MatchKeyAdvice }) => (
  <section class="match-keys" aria-label="Match keys">
    <h4>Match keys</h4>
    <ul class="chips">
      {keys.present.map((key) => (
        <li key={key} class="chip present">
          {key}
        </li>
      ))}
      {keys.present.length === 0 ? <li class="chip none">none</li> : undefined}
    </ul>
    {keys.missing.length > 0 ? (
      <details>
        <summary>{`${keys.missing.length} more would help`}</summary>
        <ul class="missing-keys">
          {keys.missing.map(({ key, title, how }) => (
            <li key={key}>
              <span class="chip missing">{key}</span>
              <div>
                <b>{title}</b>
                <p>{how}</p>
              </div>
            </li>
          ))}
        </ul>
      </details>
    ) : undefined}
  </section>
);
