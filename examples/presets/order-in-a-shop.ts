import { offline } from './destinations.ts';
import type { PresetExample } from './preset-example.ts';

export const orderInAShop = {
  title: 'A sale in a shop, weeks ago, becomes Purchase',
  destinations: offline,
  in: {
    type: 'track',
    event: 'Order Completed',
    messageId: 'order-in-a-shop-1',
    userId: 'user-42',
    timestamp: '2026-02-01T15:30:00.000Z',
    properties: {
      order_id: 'TILL-7-300',
      revenue: 39.95,
      currency: 'USD',
      shop: 'Austin 2',
      shippingMethod: 'carried home',
      products: [
        {
          product_id: 'SOCK-9',
          quantity: 2,
          price: 19.975,
        },
      ],
    },
    context: {
      traits: {
        email: 'ann.lee@example.com',
        phone: '+1 (650) 555-1212',
        gender: 'f',
        name: 'Ann Lee',
        address: {
          city: 'Austin',
          state: 'Texas',
          postalCode: '78701',
          country: 'USA',
        },
      },
    },
    integrations: {
      'Facebook Offline Conversions': {
        dataProcessingOptions: [['LDU'], 1, 1005],
      },
    },
  },
  out: {
    event_name: 'Purchase',
    event_time: 1769959800,
    event_id: 'order-in-a-shop-1',
    action_source: 'physical_store',
    user_data: {
      external_id: ['6d894aa3ee802549d7f340e7c1cf0d1c1cb14cd84f768d92ffaa6785337c4997'],
      em: 'b7e0d8372a47f54bbefeb251ab9ac1e9e6b2d1983263de10196101be3961ed23',
      ph: 'e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176',
      ge: '252f10c83610ebca1a059c0bae8255eba2f95be4d1d7bcfa89d7248a82d9f111',
      ln: '1508b697895abf03d55c3841f59236ab92c9ba6ba89795c8337fcf392fdee8b4',
      fn: '49915e0d7d4b402e3017d010bc1c0e83cac6c797d6c16e66340fe3268693a6a1',
      ct: 'c7c1319276e936c8d64f1d5ed80cd8a0cf54e6dea7b0125533eb4163e03a2c11',
      st: '1b5b9ccb3e8d006a5230de9bda23ff91edc794d4f56410560830b418528e446c',
      zp: '384248b18055777d69403b479d74e10a96ecc6c6dd6f02308684d3d94eaacad1',
      country: '79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621',
    },
    data_processing_options: ['LDU'],
    data_processing_options_country: 1,
    data_processing_options_state: 1005,
    custom_data: {
      shop: 'Austin 2',
      shippingMethod: 'carried home',
      currency: 'USD',
      value: 39.95,
      order_id: 'TILL-7-300',
      content_ids: ['SOCK-9'],
      content_type: 'product',
      contents: [{ id: 'SOCK-9', quantity: 2, item_price: 19.975 }],
      num_items: 2,
    },
  },
} satisfies PresetExample;
