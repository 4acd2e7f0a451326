import type { Analytics } from '@segment/analytics-node';

export interface Order {
  id: string;
  customerId: string;
  email: string;
  total: number;
  currency: string;
  lines: { sku: string; quantity: number; price: number }[];
}

export interface Visit {
  /** From the page. */
  anonymousId: string;
  url: string;
  referrer?: string;
  fbp?: string;
  /** The cookie, or the click that the server kept. */
  fbc?: string | { fbclid: string; observed_at_ms: number };
  /** From the request: the visitor's own, not the proxy's and not the server's. */
  ip: string;
  userAgent: string;
}

export function trackOrder(analytics: Analytics, order: Order, visit: Visit): void {
  analytics.track({
    event: 'Order Completed',
    // Stable, so that the pixel's event and a repetition of this call count as one.
    messageId: `order-${order.id}`,
    userId: order.customerId,
    anonymousId: visit.anonymousId,
    properties: {
      order_id: order.id,
      revenue: order.total,
      currency: order.currency,
      products: order.lines,
      fbp: visit.fbp,
      fbc: visit.fbc,
    },
    context: {
      ip: visit.ip,
      userAgent: visit.userAgent,
      page: { url: visit.url, referrer: visit.referrer },
      traits: { email: order.email },
    },
  });
}
