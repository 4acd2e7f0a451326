import type { Config, DestinationConfig, MappingConfig, PixelConfig } from '../../config/config.ts';
import { readDataProcessing } from '../../segment/destination-options.ts';
import { findAction } from '../actions/actions.ts';
import { layOverDefaults } from '../actions/compile-mapping-config.ts';
import { currencyCodes } from '../event/currency.ts';
import { dialled, noProductPattern } from '../event/readers.ts';
import { contentParts, pixelMapping } from './pixel-mapping.ts';
import type { PixelDestination, PixelProgram } from './pixel-program.ts';

/** A mapping whose events a page does not mirror though the configuration asks for it, and why. */
export interface NotMirrored {
  readonly destination: string;
  readonly mapping: string;
  readonly reason: string;
}

/** Writes what the pages of a source need to mirror its events; undefined where none of its destinations asks for it. */
export function pixelProgramOf({ sources, destinations }: Config, sourceName: string): PixelProgram | undefined {
  const source = Object.hasOwn(sources, sourceName) ? sources[sourceName] : undefined;
  const mirrored = (source?.destinations ?? []).flatMap((name) => {
    const destination = destinations[name];
    return destination?.pixel === undefined ? [] : [pixelDestination(name, destination, destination.pixel)];
  });
  if (source === undefined || mirrored.length === 0) return undefined;
  const { messageIdPrefix = '', events = 0 } = source;
  return [mirrored, messageIdPrefix, events, currencyCodes(), dialled.source, noProductPattern, contentParts];
}

function pixelDestination(name: string, destination: DestinationConfig, pixel: PixelConfig): PixelDestination {
  const { datasetId, integrationNames, consentCategories, personalData } = destination;
  const limited = readDataProcessing(destination.dataProcessingOptions);
  const mappings = mirroredMappings(destination).flatMap((each) => ('mapping' in each ? [each.mapping] : []));
  return [
    datasetId,
    [name, ...integrationNames],
    consentCategories,
    pixel.autoConfig,
    limited === undefined ? 0 : [limited.options, limited.country, limited.state],
    pixel.testEventCode ?? 0,
    mappings,
    personalData === 'send' ? [] : guards,
  ];
}

/**
 * Guards that find something wherever the server's search for personal data may: an address or number with its sign, an escape that may
 * hide one, a URL with a telling parameter, a member with a telling name. An event that is not mirrored is still sent by the server.
 */
const guards: PixelDestination[7] = [
  ['[@＠﹫][^\\s"]|[+＋﹢]\\(?[\\p{Nd}%]|%(?:40|2b|25|ef)', 'iu'],
  ['(?:://|(?<=[{,])"[^":]*)[^"]*(?:mail|phone|tel|mobile|msisdn)', 'i'],
];

/** The mappings that a configuration wants mirrored and that no page can mirror. */
export const notMirrored = ({ destinations }: Pick<Config, 'destinations'>): NotMirrored[] =>
  Object.entries(destinations).flatMap(([destination, config]) =>
    mirroredMappings(config).flatMap((each) =>
      'reason' in each ? [{ destination, mapping: each.name, reason: each.reason }] : [],
    ),
  );

type Mirrored = { readonly name: string } & ReturnType<typeof pixelMapping>;

function mirroredMappings({ pixel, mappings, minimise }: DestinationConfig): Mirrored[] {
  if (pixel === undefined || pixel.mirror === false) return [];
  const { mirror } = pixel;
  return mappings
    .filter(({ name, enabled }) => enabled && (mirror === true || mirror.includes(name)))
    .map((config) => ({
      name: config.name,
      ...(minimise === undefined
        ? translated(config)
        : { reason: 'the destination has minimise, which is for the server only' }),
    }));
}

function translated({ action: key, trigger, fields, defaults }: MappingConfig): ReturnType<typeof pixelMapping> {
  const action = findAction(key)?.action;
  const fql = trigger ?? action?.trigger;
  if (action === undefined || fql === undefined) return { reason: `there is no action "${key}" with a trigger` };
  return pixelMapping({
    action,
    trigger: fql,
    fields: defaults ? layOverDefaults(key, fields) : fields,
    isOurs: defaults,
  });
}
