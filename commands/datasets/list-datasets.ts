import * as z from 'zod';
import { type GraphAccess, type GraphProblem, readGraph, unreadable } from '../common/graph-reader.ts';

/** A dataset, or a pixel, which is the same by its older name. */
export interface Dataset {
  readonly id: string;
  readonly name: string;
  readonly business?: { readonly id: string; readonly name: string };
  /** When it last received an event; left out when never. */
  readonly lastFiredAt?: Date;
}

export type DatasetList =
  | { readonly ok: true; readonly datasets: readonly Dataset[] }
  | { readonly ok: false; readonly problem: GraphProblem };

/** Edges to the datasets that a business owns, and to those that others share with it. */
const edges = ['owned_pixels', 'client_pixels'];
const fields = 'id,name,last_fired_time';

const perPage = 100;
/** Bounds a list whose pages never end. */
const mostPages = 100;

const Page = z.object({
  data: z.array(z.unknown()),
  paging: z.object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() }).optional(),
});
const Business = z.object({ id: z.string(), name: z.string().default('') });
const Pixel = z.object({ id: z.string(), name: z.string().default(''), last_fired_time: z.string().optional() });

/**
 * The datasets and pixels of every business that a token reaches, by name; each once, though several businesses share it.
 * Needs the permission `business_management`. Never throws for what Meta or the network does.
 *
 * @see https://developers.facebook.com/docs/marketing-api/reference/business/owned_pixels
 */
export async function listDatasets(access: GraphAccess): Promise<DatasetList> {
  const businesses = await readPages(access, 'me/businesses', 'id,name');
  if (!businesses.ok) return businesses;
  const datasets = new Map<string, Dataset>();
  for (const business of read(Business, businesses.items)) {
    for (const edge of edges) {
      const pixels = await readPages(access, `${business.id}/${edge}`, fields);
      if (!pixels.ok) return pixels;
      for (const { id, name, last_fired_time: last } of read(Pixel, pixels.items)) {
        const lastFiredAt = new Date(last ?? Number.NaN);
        const isKnown = !Number.isNaN(lastFiredAt.getTime());
        if (!datasets.has(id)) datasets.set(id, { id, name, business, ...(isKnown && { lastFiredAt }) });
      }
    }
  }
  return { ok: true, datasets: [...datasets.values()].toSorted((a, b) => a.name.localeCompare(b.name)) };
}

type Pages =
  | { readonly ok: true; readonly items: readonly unknown[] }
  | { readonly ok: false; readonly problem: GraphProblem };

async function readPages(access: GraphAccess, path: string, wanted: string): Promise<Pages> {
  const items: unknown[] = [];
  let after: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await readGraph(access, path, { fields: wanted, limit: String(perPage), ...(after && { after }) });
    if (!answer.ok) return answer;
    const parsed = Page.safeParse(answer.body);
    if (!parsed.success) return { ok: false, problem: unreadable };
    const { data, paging } = parsed.data;
    items.push(...data);
    // The address of the next page is not used: Meta writes the token into it.
    if (paging?.next === undefined || paging.cursors === undefined) break;
    after = paging.cursors.after;
  }
  return { ok: true, items };
}

/** Reads the items that have the shape; others are left out, as an incomplete list is worth more than none. */
const read = <Schema extends z.ZodType>(schema: Schema, items: readonly unknown[]): z.infer<Schema>[] =>
  items.flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
