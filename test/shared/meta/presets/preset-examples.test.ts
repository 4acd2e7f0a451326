import { describe, expect, it } from 'vitest';
import { presetExamples } from '../../../../examples/presets/preset-examples.ts';
import { ServerEvent } from '../../../../shared/meta/event/server-event.ts';
import { customerIoMappings, segmentMappings } from '../../../../shared/meta/presets/segment-mappings.ts';
import { standardEventMappings } from '../../../../shared/meta/presets/standard-event-mappings.ts';
import { compiled, plannedAt } from './plan-at.ts';

describe('examples of the presets', () => {
  it.each([standardEventMappings, segmentMappings, customerIoMappings])('show %o', (preset) => {
    expect(presetExamples.map(({ destinations }) => destinations['main']?.mappings)).toContainEqual(
      preset({ actionSource: 'website' }),
    );
  });

  it('show offlineConversions', () => {
    expect(presetExamples.flatMap(({ destinations }) => Object.keys(destinations))).toContainEqual(
      expect.stringMatching(/^offline-\d+$/),
    );
  });

  it.each(presetExamples)('$title', async ({ destinations, in: call, out }) => {
    const planned = plannedAt(await compiled(destinations), call);

    expect(planned.map(({ event }) => event)).toEqual([out]);
  });

  it.each(presetExamples)('expect a strict server event: $title', ({ out }) => {
    expect(ServerEvent.parse(out)).toEqual(out);
  });
});
