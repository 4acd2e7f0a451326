import { describe, expect, it } from 'vitest';
import { Evidence } from './evidence.ts';
import { readDeadLetters, readWaiting } from './read-leftovers.ts';

const call = (messageId: string) => ({ messageId, type: 'track', event: 'e', userId: 'u', ...times });
const times = { timestamp: '2026-03-10T12:00:00.000Z', receivedAt: '2026-03-10T12:00:00.000Z' };
const retry = { mappings: ['m'], attempt: 1, firstFailedAt: times.timestamp };

const message = (id: string, destination?: string): string =>
  JSON.stringify({
    version: 1,
    source: 'chaos',
    events: [call(id)],
    ...(destination !== undefined && { retry: { ...retry, destination } }),
  });

const letter = (members: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    version: 1,
    stage: 'deliver',
    code: 'meta_rejected',
    reason: 'r',
    fix: 'f',
    attempts: 1,
    firstFailedAt: times.timestamp,
    lastFailedAt: times.timestamp,
    destination: 'main',
    event: call('a'),
    ...members,
  });

const letters = (...bodies: string[]) => {
  const evidence = new Evidence(['main', 'second']);
  readDeadLetters(bodies, evidence);
  const of = (destination: string) => Object.fromEntries(evidence.at(destination).letters);
  return { evidence, main: of('main'), second: of('second') };
};

describe('readWaiting', () => {
  it('enters an event for all destinations, and one that was put back for its own', () => {
    const evidence = new Evidence(['main', 'second']);

    readWaiting([message('a'), message('b', 'second')], evidence);

    expect([...evidence.at('main').waiting]).toEqual(['a']);
    expect([...evidence.at('second').waiting]).toEqual(['a', 'b']);
  });
});

describe('readDeadLetters', () => {
  it.each([
    ['currency_invalid', { code: 'currency_invalid' }],
    ['meta_rejected 100/2804050', { graph: { code: 100, subcode: 2804050 } }],
  ])('enters %s', (code, members) => {
    expect(letters(letter(members)).main).toEqual({ a: [code] });
  });

  it('enters each of several letters of one event', () => {
    expect(letters(letter({ code: 'x' }), letter({ code: 'y' })).main).toEqual({ a: ['x', 'y'] });
  });

  it('keeps what was rejected at the door apart', () => {
    const { evidence, main } = letters(letter({ stage: 'ingest', code: 'event_name_missing', destination: undefined }));

    expect(Object.fromEntries(evidence.rejections)).toEqual({ a: 'event_name_missing' });
    expect(main).toEqual({});
  });

  it('enters what SQS moved by itself', () => {
    const { main, second } = letters(message('a'), message('b', 'main'));

    expect(main).toEqual({ a: ['received_too_often'], b: ['received_too_often'] });
    expect(second).toEqual({ a: ['received_too_often'] });
  });

  it('counts a letter that holds no event', () => {
    expect(letters(letter({ event: 'text' })).evidence.unreadable).toBe(1);
  });
});
