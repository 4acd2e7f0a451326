import { fill } from '../../reasons/reason.ts';
import { warnings as warningRows } from '../../reasons/warnings.ts';
import {
  type CompileOptions,
  compileFields,
  MappingError,
  MappingResolveError,
} from '../../mapping/compile-mapping.ts';
import type { CompiledValue } from '../../mapping/compile-context.ts';
import { isObject, type JsonObject } from '../../segment/event.ts';
import { compileTrigger, type Trigger, TriggerSyntaxError } from '../../fql/compile-trigger.ts';
import { anything, type TriggerScope, triggerScope } from '../../fql/trigger-scope.ts';
import { wantedByTrigger } from '../../fql/wanted-members.ts';
import { MemberTree } from '../../lib/json/reader/member-tree.ts';
import { wantedByMapping } from '../../mapping/wanted-members.ts';
import type { Action } from '../event/action.ts';
import { actions, findAction } from './actions.ts';
import { closest } from '../../lib/closest.ts';
import type { CheckFields } from './field-fault.ts';
import { unknownNames } from './written-fields.ts';
import type { Warning } from '../event/warning.ts';
import {
  type BuildServerEvent,
  type BuiltEvent,
  type ServerEventOptions,
  serverEventBuilder,
} from '../event/build-server-event.ts';
import { completeEvent, wantedToComplete } from '../event/complete-event.ts';
import { compilePayload, type ReadPayload } from '../event/compile-payload.ts';
import { defaultMapping, type Fields } from '../event/field.ts';
import type { Problem } from '../event/problem.ts';

export interface MappingSource {
  readonly action: string;
  /** FQL; undefined takes the action's own trigger, null lets every event through. */
  readonly trigger?: string | null | undefined;
  /** Complete: nothing is laid under it. */
  readonly mapping: unknown;
  /**
   * Whether a name that no field has, or a value that can never be sent, is a fault. In mappings that came from Segment these are
   * told with every event.
   */
  readonly isOurs?: boolean;
}

export interface MappingOptions extends CompileOptions {
  /** Says what is wrong with the fields. Without it they are taken as checked already, as by the build. */
  readonly checkFields?: CheckFields | undefined;
}

export interface CompiledMapping {
  readonly action: Action;
  readonly matches: Trigger;
  /** Outside of it, no event matches. */
  readonly scope: TriggerScope;
  /** Applies the mapping to one event. Never throws. */
  readonly build: (event: JsonObject, options: ServerEventOptions) => BuiltEvent;
  /** Members of an event that decide whether it matches and what is built of it. */
  readonly wanted: () => MemberTree;
}

/** A mapping that cannot be used, whatever the event. */
export class InvalidMappingError extends Error {
  readonly code: 'action_unknown' | 'trigger_invalid' | 'mapping_invalid' | 'sync_mode_invalid';
  readonly issues: readonly { readonly path: string; readonly message: string }[];

  constructor(code: InvalidMappingError['code'], issues: InvalidMappingError['issues']) {
    super(issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join(' '));
    this.name = 'InvalidMappingError';
    this.code = code;
    this.issues = issues;
  }
}

/** Compiles one mapping to closures. @throws InvalidMappingError */
export function compileMappingConfig(source: MappingSource, options: MappingOptions = {}): CompiledMapping {
  const found = findAction(source.action);
  if (found === undefined) {
    const meant = closest(source.action, Object.keys(actions));
    const known = `known are ${Object.keys(actions).join(', ')}`;
    const message = `there is no action "${source.action}"; ${meant === undefined ? '' : `did you mean "${meant}"? `}${known}`;
    throw new InvalidMappingError('action_unknown', [{ path: 'action', message }]);
  }
  const { action, needsSyncMode } = found;
  if (needsSyncMode) checkSyncMode(source.mapping);
  const trigger = attempt(() => compileTriggerOf(source, action));
  const node = attempt(() => compileNode(source.mapping, options));
  const errors = [trigger, node].filter((each) => each instanceof InvalidMappingError);
  const { checkFields = nothingToSay } = options;
  const issues = [
    ...errors.flatMap((error) => error.issues),
    ...(source.isOurs ? faultsOf(action, source.mapping, checkFields) : []),
  ];
  if (trigger instanceof InvalidMappingError || node instanceof InvalidMappingError || issues.length > 0) {
    throw new InvalidMappingError(errors[0]?.code ?? 'mapping_invalid', issues);
  }
  const { matches, scope } = trigger;
  const isSegments = !source.isOurs && !isLenient(source.mapping);
  const fields = isSegments ? asInSegment(action.fields) : action.fields;
  const read = compilePayload(fields, node);
  const buildServerEvent = serverEventBuilder(action);
  const complete = isLenient(source.mapping) ? completeEvent : asItIs;
  const build: CompiledMapping['build'] = (event, options) =>
    buildFrom(read, buildServerEvent, complete(event), options);
  const notices = source.isOurs ? [] : noticesOf({ ...action, fields }, source.mapping, checkFields);
  const wanted = () => {
    const tree = wantedByMapping(source.mapping).addAll(trigger.wanted());
    return isLenient(source.mapping) ? wantedToComplete(tree) : tree;
  };
  return { action, matches, scope, wanted, build: notices.length === 0 ? build : withNotices(build, notices) };
}

const nothingToSay: CheckFields = () => [];

/** Everything that is wrong with a mapping as it is written, by its place. */
const faultsOf = (action: Action, mapping: unknown, check: CheckFields): InvalidMappingError['issues'] =>
  isObject(mapping) ? check(action, mapping).map(({ path, message }) => ({ path: `fields.${path}`, message })) : [];

function noticesOf(action: Action, mapping: unknown, check: CheckFields): readonly Warning[] {
  if (!isObject(mapping)) return [];
  const said = new Map(check(action, mapping).map(({ path, message }) => [path, message]));
  return unknownNames(action.fields, mapping).map(({ path }) => ({
    code: 'field_unknown',
    path,
    message: fill(warningRows.field_unknown, { path, what: said.get(path) ?? 'is no field here.' }),
  }));
}

const withNotices =
  (build: CompiledMapping['build'], notices: readonly Warning[]): CompiledMapping['build'] =>
  (event, options) => {
    const built = build(event, options);
    if ('skipped' in built) return built;
    return { ...built, warnings: [...notices, ...built.warnings] };
  };

function attempt<Value>(make: () => Value): Value | InvalidMappingError {
  try {
    return make();
  } catch (error) {
    if (error instanceof InvalidMappingError) return error;
    throw error;
  }
}

const asInSegment = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, { isAdded }]) => isAdded === undefined));

const asItIs = (event: JsonObject): JsonObject => event;

/** Whether a mapping leaves out what it cannot read, as all do but those that came from Segment. */
export const isLenient = (mapping: unknown): boolean => isObject(mapping) && mapping['leave_out_bad_items'] === true;

/** The action's defaults with a mapping's fields laid over them, member by member for objects that declare members. */
export function layOverDefaults(actionKey: string, fields: JsonObject): JsonObject {
  const action = findAction(actionKey)?.action;
  if (action === undefined) return fields;
  const mapping: Record<string, unknown> = defaultMapping(action.fields);
  for (const [name, value] of Object.entries(fields)) {
    const below = mapping[name];
    const isPlain = isObject(value) && !Object.keys(value).some((key) => key.startsWith('@'));
    const memberwise = isPlain && isObject(below) && action.fields[name]?.properties !== undefined;
    mapping[name] = memberwise ? { ...below, ...value } : value;
  }
  return isObject(fields['app_data_field']) ? mapping : withoutAppData(mapping);
}

/** Nobody switched app events on: what an app would send need not be looked for in every event. */
function withoutAppData({ app_data_field: _, ...mapping }: Record<string, unknown>): Record<string, unknown> {
  return mapping;
}

type CompiledTrigger = Pick<CompiledMapping, 'matches' | 'scope' | 'wanted'>;

function compileTriggerOf({ trigger }: MappingSource, action: Action): CompiledTrigger {
  const fql = trigger === undefined ? action.trigger : trigger;
  if (fql === null) return { matches: () => true, scope: anything, wanted: () => new MemberTree() };
  if (fql === undefined) {
    const message = `the action "${action.title}" has no trigger of its own: say which events it is for`;
    throw new InvalidMappingError('trigger_invalid', [{ path: 'trigger', message }]);
  }
  try {
    return { matches: compileTrigger(fql), scope: triggerScope(fql), wanted: () => wantedByTrigger(fql) };
  } catch (error) {
    if (!(error instanceof TriggerSyntaxError)) throw error;
    throw new InvalidMappingError('trigger_invalid', [{ path: 'trigger', message: error.message }]);
  }
}

function compileNode(mapping: unknown, options: CompileOptions): CompiledValue {
  if (!isObject(mapping)) {
    throw new InvalidMappingError('mapping_invalid', [{ path: 'fields', message: 'must be an object' }]);
  }
  try {
    return compileFields(mapping, options);
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    throw new InvalidMappingError(
      'mapping_invalid',
      error.issues.map(({ path, message }) => ({ path: `fields${path}`, message })),
    );
  }
}

function checkSyncMode(mapping: unknown): void {
  const mode = isObject(mapping) ? mapping['__segment_internal_sync_mode'] : undefined;
  if (mode === 'add') return;
  const message = 'the only sync mode of a V2 action is "add"';
  throw new InvalidMappingError('sync_mode_invalid', [{ path: 'syncMode', message }]);
}

function buildFrom(
  read: ReadPayload,
  buildServerEvent: BuildServerEvent,
  event: JsonObject,
  options: ServerEventOptions,
): BuiltEvent {
  try {
    return buildServerEvent(read(event), options);
  } catch (error) {
    if (!(error instanceof MappingResolveError)) throw error;
    return { problems: [mappingFailed(error)], warnings: [] };
  }
}

/** The place of an error in a mapping goes on into the directive: `/custom_data/v/@path`. */
function mappingFailed({ message, path: place }: MappingResolveError): Problem {
  const [field = ''] = place.slice(1).split(/\/?@/);
  return { code: 'mapping_failed', message, ...(field !== '' && { path: field.replaceAll('/', '.') }) };
}

/** RudderStack's browser library sends `userId: ""` for visitors: no id at all, so that the anonymous one counts. */
export function withoutEmptyUserId(event: JsonObject): JsonObject {
  if (event['userId'] !== '') return event;
  const { userId: _, ...rest } = event;
  return rest;
}
