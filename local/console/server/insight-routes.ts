import { compareRecord } from '../../../commands/dedup/compare-record.ts';
import type { AskRecord } from '../../../commands/events/open-record.ts';
import { examineQuality, problemOf, type QualitySources } from '../../../commands/quality/examine-quality.ts';
import { CommandError, type Problem } from '../../../commands/kit/report-errors.ts';
import type { Config } from '../../../shared/config/config.ts';
import type { LocalRoute } from '../../emulators/http-api/http-api.ts';
import { numberOf, paramsOf } from './request-params.ts';
import { sendJson } from './respond.ts';
import type { DuplicatesAnswer, QualityAnswer } from './wire.ts';

export interface InsightSources extends Omit<QualitySources, 'ask' | 'fetch'> {
  /** Of the configuration that runs now. */
  readonly config: () => Config;
  /** Undefined where nothing is recorded. */
  readonly ask: AskRecord | undefined;
}

const dayMs = 86_400_000;
const longestDays = 90;

/** Routes of the pages of `npm run dedup` and `npm run quality`: what cannot be read is a sentence, with what to do next. */
export function insightRoutes({ config, ask, ...quality }: InsightSources): Record<string, LocalRoute> {
  return {
    '/console/api/duplicates': async (request, response) => {
      const asked = paramsOf(request);
      const to = numberOf(asked.get('to')) ?? Date.now();
      const from = numberOf(asked.get('from')) ?? to - 7 * dayMs;
      const span = { from: Math.min(from, to), to };
      const answer = await answerOf<DuplicatesAnswer>(span, async () => {
        if (ask === undefined) throw nothingRecorded();
        return { ...span, report: await ask(({ store }) => compareRecord(store, span, config())) };
      });
      sendJson(response, answer);
    },
    '/console/api/quality': async (request, response) => {
      const asked = paramsOf(request);
      const { destinations } = config();
      const names = Object.keys(destinations);
      const name = asked.get('destination') || names[0] || '';
      const destination = Object.hasOwn(destinations, name) ? destinations[name] : undefined;
      const kind = asked.get('kind') === 'offline' ? 'offline' : 'web';
      const days = Math.min(longestDays, Math.max(1, numberOf(asked.get('days')) ?? 7));
      const answer = await answerOf<QualityAnswer>({ names }, async () => {
        if (destination === undefined) throw new Error(`The configuration has no destination ${JSON.stringify(name)}.`);
        const question = { destination: [name, destination], kind, days, now: new Date() } as const;
        const recorded: AskRecord = ask ?? (() => Promise.reject(nothingRecorded()));
        return { names, quality: await examineQuality(question, { ...quality, fetch, ask: recorded }) };
      });
      sendJson(response, answer);
    },
  };
}

/** An answer, or why there is none. */
async function answerOf<Answer extends object>(
  common: Answer,
  answer: () => Promise<Answer>,
): Promise<Answer | (Answer & { readonly problem: Problem })> {
  try {
    return await answer();
  } catch (error) {
    return { ...common, problem: problemOf(error) };
  }
}

const nothingRecorded = (): CommandError =>
  new CommandError({
    reason: 'Nothing is recorded here.',
    fix: 'Start npm start without RECORD_LEVEL=off: the record then keeps events from now on (docs/record.md).',
  });
