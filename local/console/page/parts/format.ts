import { graphErrorCode, graphErrors } from '../../../../shared/reasons/graph-errors.ts';
import type { Stage } from '../../server/wire.ts';

const two = (number: number): string => String(number).padStart(2, '0');

/** 14:03:27.051 in the reader's time zone. */
export function clockTime(ms: number): string {
  const at = new Date(ms);
  const seconds = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${seconds}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** 2026-12-01 14:03:27.051 +01:00 in the reader's time zone, so that nobody mistakes whose clock it is. */
export function dateTime(ms: number): string {
  const at = new Date(ms);
  return `${dateOf(at)} ${clockTime(ms)} ${zoneOf(at)}`;
}

/** The time alone where it is of today, else with its date. */
export function shortTime(ms: number, now = Date.now()): string {
  const day = dateOf(new Date(ms));
  return day === dateOf(new Date(now)) ? clockTime(ms) : `${day} ${clockTime(ms).slice(0, 8)}`;
}

const dateOf = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

export function zoneOf(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  return minutes === 0 ? 'UTC' : `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} d`;
}

const grouped = new Intl.NumberFormat('en');
export const count = (number: number): string => grouped.format(number);

export const plural = (number: number, noun: string): string => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

export const stageTitles: Readonly<Record<Stage, string>> = {
  queued: 'Queued',
  mapping: 'Delivering',
  waiting: 'Waiting',
  delivered: 'Delivered',
  skipped: 'Skipped',
  dead: 'Dead letter',
  rejected: 'Rejected',
};

/** `no_mapping_matches` as words; Graph's codes keep their numbers. */
export function reasonText(reason: string): string {
  const graph = /^graph_(\d+)(?:_(\d+))?$/.exec(reason);
  if (graph) {
    const [, code, subcode] = graph;
    const known = graphErrorCode(Number(code), subcode === undefined ? undefined : Number(subcode));
    const number = `Graph error ${code}${subcode === undefined ? '' : `/${subcode}`}`;
    return known === undefined ? number : `${graphErrors[known].message.replace(/\.$/, '')} (${number})`;
  }
  const words = reason.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Indented JSON; text that is none stays. */
export const pretty = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value, undefined, 2) ?? '');

/** A value in one line. */
export function inline(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
