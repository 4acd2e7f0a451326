import {
  offlineConversions,
  standardEventMappings,
  type DestinationInput,
  type MappingInput,
} from 'meta-conversions-pipeline/config';

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
