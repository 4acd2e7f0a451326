import * as z from 'zod';
import { type GraphAccess, type GraphProblem, readGraph, unreadable } from '../common/graph-reader.ts';

const Share = z.object({ percentage: z.number(), description: z.string().optional() });

const EventQuality = z.object({
  event_name: z.string(),
  event_match_quality: z
    .object({
      composite_score: z.number().optional(),
      match_key_feedback: z
        .array(
          z.object({
            identifier: z.string(),
            coverage: Share.optional(),
            potential_aly_acr_increase: Share.optional(),
          }),
        )
        .default([]),
      diagnostics: z
        .array(z.object({ name: z.string(), solution: z.string().optional(), percentage: z.number().optional() }))
        .default([]),
    })
    .optional(),
  event_coverage: Share.extend({ goal_percentage: z.number().optional() }).optional(),
  dedupe_key_feedback: z
    .array(
      z.object({
        dedupe_key: z.string(),
        browser_events_with_dedupe_key: Share.optional(),
        server_events_with_dedupe_key: Share.optional(),
        overall_browser_coverage_from_dedupe_key: Share.optional(),
      }),
    )
    .default([]),
  data_freshness: z.object({ upload_frequency: z.string().optional(), description: z.string().optional() }).optional(),
  acr: Share.optional(),
  event_potential_aly_acr_increase: Share.optional(),
});
/** What Meta says of the events of one name. Percentages are 0 to 100, the score of the match quality 0 to 10. */
export type EventQuality = z.infer<typeof EventQuality>;

export type QualityReading =
  | { readonly ok: true; readonly events: readonly EventQuality[] }
  | { readonly ok: false; readonly problem: GraphProblem };

const share = '{percentage,description}';
const matchQuality = `event_match_quality{composite_score,match_key_feedback{identifier,coverage{percentage},potential_aly_acr_increase${share}},diagnostics{name,solution,percentage}}`;
const fields = {
  web: `event_name,${matchQuality},event_coverage{percentage,goal_percentage,description},dedupe_key_feedback{dedupe_key,browser_events_with_dedupe_key${share},server_events_with_dedupe_key${share},overall_browser_coverage_from_dedupe_key${share}},data_freshness{upload_frequency,description},acr${share},event_potential_aly_acr_increase${share}`,
  offline: `event_name,${matchQuality},data_freshness{upload_frequency,description}`,
} as const;
export type QualityKind = keyof typeof fields;

/**
 * Reads what Meta says of the quality of a dataset's events. Never throws for what Meta or the network does; entries that cannot be
 * read are left out.
 *
 * @param kind `offline` is in beta: Meta answers it to those whom it gave access
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/dataset-quality-api
 */
export async function readQuality(access: GraphAccess, datasetId: string, kind: QualityKind): Promise<QualityReading> {
  const answer = await readGraph(access, 'dataset_quality', {
    dataset_id: datasetId,
    fields: `${kind}{${fields[kind]}}`,
  });
  if (!answer.ok) return answer;
  const parsed = z.object({ [kind]: z.array(z.unknown()).default([]) }).safeParse(answer.body);
  if (!parsed.success) return { ok: false, problem: unreadable };
  const entries = parsed.data[kind] ?? [];
  return { ok: true, events: entries.flatMap((entry) => EventQuality.safeParse(entry).data ?? []) };
}
