import * as z from 'zod';
import type { BuiltEvent, ServerEventOptions } from '../../shared/meta/event/build-server-event.ts';
import { checkFields } from '../../shared/meta/actions/check-fields.ts';
import {
  compileMappingConfig,
  InvalidMappingError,
  withoutEmptyUserId,
} from '../../shared/meta/actions/compile-mapping-config.ts';
import { usesLiquid } from '../../shared/mapping/compile-mapping.ts';
import { loadLiquid } from '../../shared/mapping/liquid.ts';
import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';
import { requestBody } from '../../shared/meta/graph/request-body.ts';
import { plainWords } from '../../shared/lib/plain-words.ts';
import { isObject, type JsonObject } from '../../shared/segment/event.ts';
import { parseJson } from '../../shared/segment/parse-json.ts';
import type { ConfiguredPreview } from './configured.ts';
import { errorLine, type Result, resultLine } from './result.ts';

const Line = z.looseObject({
  id: z.unknown().optional(),
  /** The clock; the real one when missing. */
  now: z.iso.datetime({ offset: true }).optional(),
  event: z.record(z.string(), z.unknown()),
  action: z.string().optional(),
  subscription: z.string().nullish(),
  settings: z
    .looseObject({
      pixelId: z.union([z.string(), z.number()]).nullish(),
      testEventCode: z.string().nullish(),
    })
    .optional(),
  mapping: z.unknown().optional(),
});
type Line = z.infer<typeof Line>;

/**
 * Answers one line of the dry run. A line with an `action` brings its own mapping, complete, in place of the
 * configuration's.
 */
export async function preview(text: string, configured: () => Promise<ConfiguredPreview>): Promise<string> {
  let raw: unknown;
  try {
    raw = parseJson(text);
  } catch {
    return previewFault('The line is not JSON; write one {"event": …} per line.');
  }
  return previewValue(raw, configured);
}

/** The answer to what is no line of the dry run. */
export const previewFault = (message: string): string => errorLine(undefined, 'line_invalid', message);

/** Answers one line that is read already: `{"event": …}`, or an event as libraries send it. */
export async function previewValue(raw: unknown, configured: () => Promise<ConfiguredPreview>): Promise<string> {
  const given = isBareEvent(raw) ? { event: raw } : raw;
  const id = isObject(given) ? given['id'] : undefined;
  const parsed = Line.safeParse(given, { error: plainWords });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') || 'The line';
    const help =
      where === 'The line' || where === 'event' ? '; write {"event": {…}}, or the event itself with its type' : '';
    return errorLine(id, 'line_invalid', `${where}: ${issue?.message}${help}`);
  }
  const line = parsed.data;
  const now = line.now === undefined ? new Date() : new Date(line.now);
  if (line.action === undefined) return resultLine(id, (await configured())(line.event, now));
  return resultLine(id, [await ownMapping(line, line.action, now)]);
}

/** An event in which `event` is the name of a track call, or missing as in other calls. */
const isBareEvent = (raw: unknown): raw is JsonObject =>
  isObject(raw) && !isObject(raw['event']) && !('action' in raw) && ('type' in raw || 'messageId' in raw);

async function ownMapping(line: Line, action: string, now: Date): Promise<Result> {
  const { mapping, subscription: trigger, settings = {}, event } = line;
  const pixelId = String(settings.pixelId ?? '');
  if (pixelId === '') return { error: { code: 'pixel_id_missing', message: 'settings.pixelId must be a dataset id.' } };
  try {
    const liquid = usesLiquid(mapping) ? await loadLiquid() : undefined;
    const compiled = compileMappingConfig({ action, trigger, mapping }, { liquid, checkFields });
    if (!compiled.matches(event)) return { skipped: 'trigger_not_matched' };
    // Segment sends events that identify nobody in particular; its mappings are previewed as they are.
    return toResult(compiled.build(withoutEmptyUserId(event), asSegmentDoes(now)), settings.testEventCode || undefined);
  } catch (error) {
    if (error instanceof InvalidMappingError) return { error: { code: error.code, message: error.message } };
    throw error;
  }
}

const asSegmentDoes = (now: Date): ServerEventOptions => ({
  now,
  sendWeakUserData: true,
  strict: false,
  personalData: 'send',
  sha256: sha256Hex,
});

function toResult(built: BuiltEvent, fallbackTestEventCode: string | undefined): Result {
  if ('skipped' in built) return { skipped: built.skipped };
  const { warnings } = built;
  if ('problems' in built) {
    const message = built.problems.map((problem) => problem.message).join(' ');
    return { error: { code: built.problems[0].code, message }, warnings };
  }
  const testEventCode = built.testEventCode ?? fallbackTestEventCode;
  return { request: requestBody([built.json], { testEventCode }), warnings };
}
