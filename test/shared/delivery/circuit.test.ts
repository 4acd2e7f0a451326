import { describe, expect, it } from 'vitest';
import { Circuit } from '../../../shared/delivery/circuit.ts';
import { ownFailure } from '../../../shared/delivery/outcome.ts';
import { now } from '../../support/factories.ts';
import { fakeDestination } from './support/fake-destination.ts';

const hold = ownFailure('rate_limit_near', { action: 'hold' });
const away = ownFailure('out_of_time', { action: 'retry' });
const anybody = { mustProve: false, isSuspect: false };

function circuitAt({ mayBeMended = (): boolean => false } = {}) {
  let seconds = 0;
  const circuit = new Circuit({ clock: () => new Date(now.getTime() + seconds * 1_000), random: () => 0.5 });
  const { service } = fakeDestination(undefined, { mayBeMended });
  return {
    circuit,
    turn: async (asking = anybody) => await circuit.turn(service, asking),
    at: (time: number) => {
      seconds = time;
    },
  };
}

describe('a circuit', () => {
  it('lets everybody pass while it is closed', async () => {
    expect(await circuitAt().turn()).toEqual({ kind: 'pass' });
  });

  it('begins with a probe where events were held elsewhere', async () => {
    const { turn } = circuitAt();

    expect(await turn({ ...anybody, mustProve: true })).toMatchObject({ kind: 'probe', failure: undefined });
  });

  it.each([
    ['a hold', hold, [2, 6, 14, 29, 59, 119, 239, 479, 719]],
    ['an outage', away, [2, 6, 14, 29, 59, 89]],
  ])('opened by %s lets one event through after growing times', async (_, failure, expected) => {
    const { circuit, turn, at } = circuitAt();
    circuit.opened(failure, { isProbe: false });
    const probes: number[] = [];

    for (let second = 0; second <= (expected.at(-1) ?? 0); second++) {
      at(second);
      const given = await turn();
      if (given.kind !== 'probe') continue;
      probes.push(second);
      circuit.opened(failure, { isProbe: true });
      given.end();
    }

    expect(probes).toEqual(expected);
  });

  it('counts requests that were under way when it opened as nothing new', async () => {
    const { circuit, turn, at } = circuitAt();
    for (let request = 0; request < 8; request++) circuit.opened(hold, { isProbe: false });

    at(2);

    expect((await turn()).kind).toBe('probe');
  });

  it('lets all others wait for the end of a probe, and pass once it was taken', async () => {
    const { circuit, turn, at } = circuitAt();
    circuit.opened(hold, { isProbe: false });
    at(2);
    const probe = await turn();
    const others = Promise.all([turn(), turn()]);

    circuit.closed();
    if (probe.kind === 'probe') probe.end();

    expect(await others).toEqual([{ kind: 'pass' }, { kind: 'pass' }]);
  });

  it('lets one event through as soon as a held destination may be mended', async () => {
    let isMended = false;
    const { circuit, turn, at } = circuitAt({ mayBeMended: () => isMended });
    circuit.opened(hold, { isProbe: false });
    at(2);
    const first = await turn();
    circuit.opened(hold, { isProbe: true });
    if (first.kind === 'probe') first.end();
    isMended = true;

    at(5);
    const early = await turn();
    at(2 + 30);
    const later = await turn();

    expect([early.kind, later.kind]).toEqual(['wait', 'probe']);
  });

  it('is not asked by an event that fails by itself, unless nobody else asks', async () => {
    const { circuit, turn, at } = circuitAt();
    circuit.opened(away, { isProbe: false });
    const suspect = { mustProve: false, isSuspect: true };

    at(10);
    const early = await turn(suspect);
    at(100);
    const late = await turn(suspect);

    expect([early.kind, late.kind]).toEqual(['wait', 'pass']);
  });

  it('is not prolonged by a clock that was set back', async () => {
    const { circuit, turn, at } = circuitAt();
    circuit.opened(hold, { isProbe: false });

    at(-10_000);

    expect((await turn()).kind).toBe('probe');
  });
});
