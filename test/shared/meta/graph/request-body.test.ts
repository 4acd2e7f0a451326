import { describe, expect, it } from 'vitest';
import { requestBody } from '../../../../shared/meta/graph/request-body.ts';

describe('requestBody', () => {
  it('sets the events in byte for byte', () => {
    expect(requestBody(['{"a": 1}', '{"b":[ 2 ]}'], {})).toBe('{"data":[{"a": 1},{"b":[ 2 ]}]}');
  });

  it('leaves out what is not given', () => {
    const nothing = { testEventCode: undefined, uploadTag: undefined, appSecretProof: undefined };

    expect(requestBody(['{}'], nothing)).toBe('{"data":[{}]}');
  });

  it('writes the other members after the events, as JSON', () => {
    const body = requestBody(['{}'], {
      testEventCode: 'T"1',
      uploadTag: 'store\n7',
      partnerAgent: 'shop-1',
      appSecretProof: 'ab12',
    });

    expect(JSON.parse(body)).toEqual({
      data: [{}],
      test_event_code: 'T"1',
      upload_tag: 'store\n7',
      partner_agent: 'shop-1',
      appsecret_proof: 'ab12',
    });
  });
});
