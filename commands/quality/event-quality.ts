import * as z from 'zod';

const Share = z.object({ percentage: z.number(), description: z.string().optional() });

export const EventQuality = z.object({
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
/** Meta's report on the events of one name. Percentages are 0 to 100, the score of the match quality 0 to 10. */
export type EventQuality = z.infer<typeof EventQuality>;
