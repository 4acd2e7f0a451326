import type { Config, SourceConfig } from '../config/config.ts';

/** Rules of a source for its events: the same at the endpoint and when a dead letter is redriven. */
export interface SourceRules {
  /** Names of the track calls that the source may send; all of them without it. */
  readonly allowedEvents?: ReadonlySet<unknown> | undefined;
  /** Put before every message id. */
  readonly messageIdPrefix?: string | undefined;
}

/** Rules by the name of a source; undefined for one that the configuration does not have. */
export type RulesOfSource = (source: string) => SourceRules | undefined;

export const rulesOf = ({ events, messageIdPrefix }: SourceConfig): SourceRules => ({
  allowedEvents: events && new Set(events),
  messageIdPrefix,
});

export function rulesOfSources({ sources }: Pick<Config, 'sources'>): RulesOfSource {
  const rules = new Map<string, SourceRules>();
  return (name) => {
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
    const known = rules.get(name) ?? (source && rulesOf(source));
    if (known !== undefined) rules.set(name, known);
    return known;
  };
}
