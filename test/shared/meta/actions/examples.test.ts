import { describe, expect, it } from 'vitest';
import { examples } from '../../../../examples/examples.ts';
import { actions } from '../../../../shared/meta/actions/actions.ts';
import { ServerEvent } from '../../../../shared/meta/event/server-event.ts';
import { serve } from './serve.ts';

describe('examples', () => {
  it('show every action', () => {
    expect(new Set(examples.map(({ mapping }) => mapping.action))).toEqual(new Set(Object.keys(actions)));
  });

  it.each(examples)('$title', async ({ mapping, in: given, out }) => {
    expect((await serve(mapping, given)).event).toEqual(out);
  });

  it.each(examples)('expect a strict server event: $title', ({ out }) => {
    expect(ServerEvent.parse(out)).toEqual(out);
  });
});
