import { boolean, firstOf, path, text } from '../event/field.ts';

/** App events: off until `use_app_data` is mapped to true. */
export const appDataFields = {
  use_app_data: boolean('Send App Events?'),
  advertiser_tracking_enabled: boolean('Advertiser Tracking Enabled', {
    default: path('$.context.device.adTrackingEnabled'),
  }),
  application_tracking_enabled: boolean('Application Tracking Enabled', {
    default: path('$.context.device.adTrackingEnabled'),
  }),
  madId: text('Mobile Advertising ID', { default: firstOf('$.context.device.advertisingId', '$.context.madId') }),
  campaign_ids: text('Campaign IDs'),
  install_referrer: text('Install Referrer'),
  installer_package: text('Installer Package'),
  url_schemes: text('URL Schemes', { multiple: true }),
  vendor_id: text('Vendor ID'),
  windows_attribution_id: text('Windows Attribution ID'),
  version: text('Extinfo Version', { choices: ['i2', 'a2'] }),
  packageName: text('Package Name', { default: path('$.context.app.namespace') }),
  shortVersion: text('Short Version'),
  longVersion: text('Long Version', { default: path('$.context.app.version') }),
  osVersion: text('OS Version', { default: path('$.context.os.version') }),
  deviceName: text('Device Model Name', { default: path('$.context.device.model') }),
  locale: text('Locale', { default: path('$.context.locale') }),
  timezone: text('Timezone Abbreviation'),
  carrier: text('Carrier', { default: path('$.context.network.carrier') }),
  width: text('Screen Width', { default: path('$.context.screen.width') }),
  height: text('Screen Height', { default: path('$.context.screen.height') }),
  density: text('Screen Density', { default: path('$.context.screen.density') }),
  cpuCores: text('CPU Cores'),
  storageSize: text('External Storage Size'),
  freeStorage: text('Free External Storage Size'),
  deviceTimezone: text('Device Timezone', { default: path('$.context.timezone') }),
} as const;
