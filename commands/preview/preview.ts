import * as z from 'zod';
import type { BuiltEvent, ServerEventOptions } from '../../shared/meta/event/build-server-event.ts';
import {
  compileMappingConfig,
  InvalidMappingError,
  withoutEmptyUserId,
} from '../../shared/meta/actions/compile-mapping-config.ts';
import { usesLiquid } from '../../shared/mapping/compile-mapping.ts';
import { loadLiquid } from '../../shared/mapping/liquid.ts';
import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';
import { requestBody } from '../../shared/meta/graph/request-body.ts';
import { isObject } from '../../shared/segment/event.ts';
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
    return errorLine(undefined, 'line_invalid', 'The line is not JSON; write one {"event": …} per line.');
  }
  const id = isObject(raw) ? raw['id'] : undefined;
  const parsed = Line.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return errorLine(id, 'line_invalid', `${issue?.path.join('.') || 'The line'}: ${issue?.message}`);
  }
  const line = parsed.data;
  const now = line.now === undefined ? new Date() : new Date(line.now);
  if (line.action === undefined) return resultLine(id, (await configured())(line.event, now));
  return resultLine(id, [await ownMapping(line, line.action, now)]);
}

async function ownMapping(line: Line, action: string, now: Date): Promise<Result> {
  const { mapping, subscription: trigger, settings = {}, event } = line;
  const pixelId = String(settings.pixelId ?? '');
  if (pixelId === '') return { error: { code: 'pixel_id_missing', message: 'settings.pixelId must be a dataset id.' } };
  try {
    const liquid = usesLiquid(mapping) ? await loadLiquid() : undefined;
    const compiled = compileMappingConfig({ action, trigger, mapping }, { liquid });
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
  const { warnings } = built;
  if ('problems' in built) {
    const message = built.problems.map((problem) => problem.message).join(' ');
    return { error: { code: built.problems[0].code, message }, warnings };
  }
  const testEventCode = built.testEventCode ?? fallbackTestEventCode;
  return { request: requestBody([built.json], { testEventCode }), warnings };
}
