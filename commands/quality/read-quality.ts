import * as z from 'zod';
import { EventQuality } from './event-quality.ts';
import { type GraphAccess, type GraphProblem, readGraph, unreadable } from '../common/graph-reader.ts';

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
