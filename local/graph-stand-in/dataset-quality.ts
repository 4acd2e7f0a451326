import type { Selection } from './fields.ts';

const share = (percentage: number, description?: string) => ({
  percentage,
  ...(description !== undefined && { description }),
});

/**
 * Quality of the events of a dataset, with made-up figures in the documented shape.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/dataset-quality-api
 */
const web = [
  {
    event_name: 'Purchase',
    event_match_quality: {
      composite_score: 6.2,
      match_key_feedback: [
        {
          identifier: 'email',
          coverage: share(61),
          potential_aly_acr_increase: share(12.4, 'More conversions reported.'),
        },
        {
          identifier: 'phone',
          coverage: share(8),
          potential_aly_acr_increase: share(18.9, 'More conversions reported.'),
        },
        { identifier: 'external_id', coverage: share(97) },
        {
          identifier: 'fbc',
          coverage: share(34),
          potential_aly_acr_increase: share(9.1, 'More conversions reported.'),
        },
        { identifier: 'user_agent', coverage: share(100) },
      ],
      diagnostics: [
        {
          name: 'Server sending invalid match keys',
          description: 'Some of the customer information is not in the right form.',
          solution: 'Send it as the documentation says.',
          percentage: 2.5,
          affected_event_count: 25,
          total_event_count: 1_000,
        },
      ],
    },
    event_coverage: { ...share(82, 'Server events against browser events.'), goal_percentage: 75 },
    dedupe_key_feedback: [
      {
        dedupe_key: 'event_id',
        browser_events_with_dedupe_key: share(99),
        server_events_with_dedupe_key: share(100),
        overall_browser_coverage_from_dedupe_key: share(80),
      },
    ],
    data_freshness: { upload_frequency: 'real_time', description: 'Events come in real time.' },
    acr: share(21.3, 'Additional conversions reported.'),
    event_potential_aly_acr_increase: share(30.1, 'More conversions reported.'),
  },
  {
    event_name: 'ViewContent',
    event_match_quality: {
      composite_score: 4.1,
      match_key_feedback: [
        { identifier: 'external_id', coverage: share(55), potential_aly_acr_increase: share(5) },
        { identifier: 'user_agent', coverage: share(100) },
      ],
      diagnostics: [],
    },
    event_coverage: { ...share(64, 'Server events against browser events.'), goal_percentage: 75 },
    dedupe_key_feedback: [],
    data_freshness: { upload_frequency: 'hourly', description: 'Events come every hour.' },
  },
];

/** Events of shops; in beta, for those whom Meta gives access. */
const offline = [
  {
    event_name: 'Purchase',
    event_match_quality: {
      composite_score: 5,
      match_key_feedback: [{ identifier: 'phone', coverage: share(40) }],
      diagnostics: [],
    },
    data_freshness: { upload_frequency: 'daily', description: 'Events come every day.' },
  },
];

export const datasetQuality = (asked: Selection): object => selected({ web, offline }, asked) as object;

/** The members that were asked for; whatever has no members of its own is whole. */
function selected(value: unknown, asked: Selection): unknown {
  if (asked.size === 0) return value;
  if (Array.isArray(value)) return value.map((one) => selected(one, asked));
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    [...asked].flatMap(([name, inner]) =>
      Object.hasOwn(members, name) ? [[name, selected(members[name], inner)]] : [],
    ),
  );
}
