/**
 * The authoring surface, `meta-conversions-pipeline/config`: all that a configuration file, an example or a test of
 * mappings imports. The rooms behind it may move without breaking a user.
 */
export type { Config, DestinationConfig, MappingConfig, SourceConfig } from './config/config.ts';
export type { EnvironmentName, EnvironmentSettings } from './config/environment-settings.ts';
export { conversionsApiNames, offlineConversionsName } from './config/integration-names.ts';
export type { FieldsOf } from './meta/actions/fields-of.ts';
export { defineConfig } from './meta/define-config.ts';
export { actionSources, messagingChannels } from './meta/event/action-source.ts';
export type { ServerEvent } from './meta/event/server-event.ts';
export type { ConfigInput, DestinationInput } from './meta/presets/destination-input.ts';
export { ecommerceMappings } from './meta/presets/ecommerce-mappings.ts';
export type { MappingInput } from './meta/presets/mapping-input.ts';
export {
  type InstagramOptions,
  instagramMappings,
  type MessengerOptions,
  messengerMappings,
  type WhatsAppOptions,
  whatsAppMappings,
} from './meta/presets/messaging-mappings.ts';
export { type OfflineConversionsOptions, offlineConversions } from './meta/presets/offline-conversions.ts';
export { customerIoMappings, segmentMappings } from './meta/presets/segment-mappings.ts';
export { standardEventMappings } from './meta/presets/standard-event-mappings.ts';
export type { JsonObject } from './segment/event.ts';
