import type { DestinationInput } from '../../shared/presets/destination-input.ts';
import type { MappingInput } from '../../shared/presets/mapping-input.ts';
import { offlineConversions } from '../../shared/presets/offline-conversions.ts';
import { standardEventMappings } from '../../shared/presets/standard-event-mappings.ts';

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
