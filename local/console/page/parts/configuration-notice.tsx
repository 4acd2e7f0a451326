import type { JSX } from 'preact';
import { changedNotice, configuration } from '../state/configuration.ts';
import { Icon } from './icons.tsx';

/** Says that the configuration changed, or why what its file says now does not run. */
export function ConfigurationNotice(): JSX.Element {
  const problem = configuration.value?.problem;
  const changed = changedNotice.value;
  return (
    <div class="notices configuration-notices">
      {problem === undefined ? undefined : (
        <section class="notice dead" aria-label="Problem of the configuration">
          <Icon name="warning" />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls when there are many problems */}
          <div tabIndex={0}>
            <p>
              <b>The changed configuration is not valid.</b> The one from before goes on, until the file is mended.
            </p>
            <pre>{problem.title}</pre>
            <ul>
              {problem.issues.map(({ path, message }) => (
                <li key={`${path} ${message}`}>
                  <code>{path || '(root)'}</code> {message}
                </li>
              ))}
            </ul>
          </div>
        </section>
      )}
      {changed === undefined || problem !== undefined ? undefined : (
        <section class="notice delivered" aria-label="Change of the configuration">
          <Icon name="check" />
          <p>
            <b>{changed}</b> Events from now on are mapped by it, and dead letters that are redriven.
          </p>
          <button
            type="button"
            class="icon-button"
            aria-label="Close the notice"
            onClick={() => {
              changedNotice.value = undefined;
            }}
          >
            <Icon name="close" />
          </button>
        </section>
      )}
    </div>
  );
}
