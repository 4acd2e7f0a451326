import type { DestinationInput } from '../../shared/meta/presets/destination-input.ts';
import type { MappingInput } from '../../shared/meta/presets/mapping-input.ts';
import { offlineConversions } from '../../shared/meta/presets/offline-conversions.ts';
import { standardEventMappings } from '../../shared/meta/presets/standard-event-mappings.ts';

type Destinations = Readonly<Record<string, DestinationInput>>;

const accessTokenSecret = 'conversions/production/main';

export const destinationsWith = (mappings: MappingInput[]): Destinations => ({
  main: { datasetId: '1234567890123456', accessTokenSecret, mappings },
});

export const website: Destinations = destinationsWith(standardEventMappings({ actionSource: 'website' }));

/** Sales of shops and leads, each in a dataset of its own. */
export const offline: Destinations = offlineConversions({
  trackEvents: { 'Order Completed': ['2345678901234567'] },
  leadEvents: { 'Lead Qualified': ['3456789012345678'] },
  accessTokenSecret,
  limitedDataUse: true,
});
