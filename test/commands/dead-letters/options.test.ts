import { describe, expect, it } from 'vitest';
import { durationText, readDuration } from '../../../commands/dead-letters/duration.ts';
import { readOptions, UsageError } from '../../../commands/dead-letters/options.ts';

const read = (line: string, environment: NodeJS.ProcessEnv = {}) => readOptions(line.split(' '), environment);

describe('readOptions', () => {
  it('needs nothing but a command', () => {
    expect(read('list')).toEqual({
      command: 'list',
      filter: {},
      place: { port: '3000' },
      limit: 1_000,
      json: false,
      dryRun: false,
      yes: false,
      reveal: false,
    });
  });

  it('reads every filter', () => {
    const line =
      'redrive --code a --code b --stage deliver --source s --destination d --event e --id i --older-than 2d --newer-than 3h';

    expect(read(line).filter).toEqual({
      code: ['a', 'b'],
      stage: ['deliver'],
      source: ['s'],
      destination: ['d'],
      event: ['e'],
      id: ['i'],
      olderThanMs: 172_800_000,
      newerThanMs: 10_800_000,
    });
  });

  it('shows by id', () => {
    expect(read('show order-1 --reveal')).toMatchObject({ filter: { id: ['order-1'] }, reveal: true });
  });

  it.each([
    ['list', {}, { port: '3000' }],
    ['list', { PORT: '4000' }, { port: '4000' }],
    ['list --port 5000', { PORT: '4000' }, { port: '5000' }],
    ['list --dead-letter-queue https://sqs/1/d', {}, { deadLetters: 'https://sqs/1/d', events: undefined }],
    [
      'redrive --dead-letter-queue https://sqs/1/d --events-queue https://sqs/1/e',
      {},
      { deadLetters: 'https://sqs/1/d', events: 'https://sqs/1/e' },
    ],
  ])('finds the queues of %s with %j', (line, environment, place) => {
    expect(read(line, environment).place).toEqual(place);
  });

  it.each([
    ['lst', 'unknown command "lst"'],
    ['list --colour', "Unknown option '--colour'"],
    ['list --yes', "Unknown option '--yes'"],
    ['list --code', "Option '--code <value>' argument missing"],
    ['list x', 'unexpected argument "x"'],
    ['show', 'show needs the id'],
    ['show a b', 'unexpected argument "b"'],
    ['show a --code b', "Unknown option '--code'"],
    ['list --older-than 2w', '--older-than "2w" is no duration'],
    ['list --stage delivery', '--stage "delivery" is not one of ingest, deliver'],
    ['purge --stage ingest --stage Deliver', '--stage "Deliver" is not one of'],
    ['list --limit 0', '--limit "0"'],
    ['list --limit 100001', '--limit "100001"'],
    ['list --limit 1.5', '--limit "1.5"'],
    ['list --port 70000', '--port "70000"'],
    ['list --dead-letter-queue dead', '--dead-letter-queue "dead" is not the URL'],
    ['list --events-queue https://sqs/1/e', '--events-queue needs --dead-letter-queue'],
    ['redrive --dead-letter-queue https://sqs/1/d', 'redrive needs --events-queue'],
    ['list --port 1 --dead-letter-queue https://sqs/1/d', 'not both'],
  ])('refuses %s in one line', (line, message) => {
    expect(() => read(line)).toThrow(UsageError);
    expect(() => read(line)).toThrow(message);
    expect(() => read(line)).toThrow(/^[^\n]*$/);
  });

  it('refuses an empty command line', () => {
    expect(() => readOptions([], {})).toThrow('no command');
  });
});

describe('durations', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['3h', 10_800_000],
    ['2d', 172_800_000],
    ['0s', 0],
    ['2', undefined],
    ['-2d', undefined],
    ['1.5h', undefined],
    ['2 d', undefined],
  ])('reads %s', (text, ms) => {
    expect(readDuration(text)).toBe(ms);
  });

  it.each([
    [-5_000, '0s'],
    [59_999, '59s'],
    [60_000, '1m'],
    [6_000_000, '1h'],
    [172_799_999, '1d'],
    [864_000_000, '10d'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
