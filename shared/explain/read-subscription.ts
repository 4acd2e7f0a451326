import { isObject } from '../segment/event.ts';
import type { MappingDraft } from './tester.ts';

/**
 * A mapping subscription as Segment's Public API gives it, alone or in its answer, as a draft of a mapping.
 *
 * @returns undefined for anything else
 * @see https://docs.segmentapis.com/tag/Destinations#operation/getSubscriptionFromDestination
 */
export function readSubscription(given: unknown): (MappingDraft & { readonly name: string }) | undefined {
  const one = unwrapped(given);
  if (!isObject(one)) return undefined;
  const { name, actionSlug, partnerAction, trigger, subscribe, settings, mapping } = one;
  const slug = actionSlug ?? partnerAction;
  const fields = settings ?? mapping;
  if (typeof slug !== 'string' || !isObject(fields)) return undefined;
  const fql = trigger ?? subscribe;
  return {
    name: typeof name === 'string' ? name : slug,
    action: slug,
    ...(typeof fql === 'string' && { trigger: fql }),
    fields,
    // A subscription names every field that it fills.
    defaults: false,
  };
}

function unwrapped(given: unknown): unknown {
  if (Array.isArray(given)) return unwrapped(given[0]);
  if (!isObject(given)) return given;
  const { data, subscription, subscriptions } = given;
  return data === undefined && subscription === undefined && subscriptions === undefined
    ? given
    : unwrapped(data ?? subscription ?? subscriptions);
}
