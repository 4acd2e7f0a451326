// The pixel hashes external_id itself. The server sends the same id as anonymousId.
fbq('init', '1234567890123456', { external_id: visitorId });
fbq('track', 'PageView');

// Written by the pixel; missing where it is blocked, or where nobody clicked an ad.
const cookie = (name) => document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1];

// Your shop says once that an order is confirmed.
document.addEventListener('order-confirmed', async ({ detail: order }) => {
  const eventId = `order-${order.id}`;
  fbq('track', 'Purchase', { value: order.total, currency: order.currency }, { eventID: eventId });

  const visit = {
    anonymousId: visitorId,
    fbp: cookie('_fbp'),
    fbc: cookie('_fbc'),
    url: location.href,
    referrer: document.referrer,
  };
  await fetch(`/orders/${order.id}/confirmed`, { method: 'POST', body: JSON.stringify(visit), keepalive: true });
});
