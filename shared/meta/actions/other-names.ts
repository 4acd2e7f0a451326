/** Names that mapping fields have at Meta, or in its SDKs, where a mapping calls them otherwise. */
export const wireNames: ReadonlyMap<string, string> = new Map([
  ['em', 'email'],
  ['ph', 'phone'],
  ['ge', 'gender'],
  ['genders', 'gender'],
  ['db', 'dateOfBirth'],
  ['dates_of_birth', 'dateOfBirth'],
  ['fn', 'firstName'],
  ['first_names', 'firstName'],
  ['ln', 'lastName'],
  ['last_names', 'lastName'],
  ['ct', 'city'],
  ['cities', 'city'],
  ['countries', 'country'],
  ['st', 'state'],
  ['zp', 'zip'],
  ['zips', 'zip'],
  ['ext_info_version', 'version'],
  ['app_package_name', 'packageName'],
  ['device_model_name', 'deviceName'],
  ['timezone_abbreviation', 'timezone'],
  ['screen_width', 'width'],
  ['screen_height', 'height'],
  ['screen_density', 'density'],
  ['cpu_core_count', 'cpuCores'],
  ['total_disk_space_gb', 'storageSize'],
  ['free_disk_space_gb', 'freeStorage'],
  ['device_time_zone', 'deviceTimezone'],
]);

const notDocumented = 'it is in Meta’s SDKs, but no page of Meta says what it does';
const inTheName = 'send firstName, lastName and dateOfBirth, which Meta takes apart itself';
const offline = 'it is a member of the request, from the Offline Conversions API, which is gone';
const ofTheRequest = 'it is a member of the request, which no page of Meta explains';

/** Members that Meta’s SDKs and specification can write and no mapping does, by the object that they stand in, and why. */
export const refusedMembers = {
  request: {
    access_token: 'the token goes in the header, from the secret that accessTokenSecret of the destination names',
    appsecret_proof: 'it is made of the app secret that the secret of the destination may hold',
    data: 'it is the list of the events themselves',
    debug_mode: 'it is a switch of the SDK, not a member of the request',
    namespace_id: offline,
    partner_agent: 'it is a member of the request: set partnerAgent of the destination',
    pixel_id: 'it stands in the URL: set datasetId of the destination',
    platforms: ofTheRequest,
    progress: ofTheRequest,
    trace: ofTheRequest,
    upload_id: offline,
    upload_source: offline,
    upload_tag: 'it is a member of the request: set uploadTag of the destination',
  },
  'server event': {
    advanced_measurement_table: 'it belongs to a programme of Meta that is not open',
    advertiser_tracking_enabled: 'it belongs into "app_data_field", where Meta’s page has it',
  },
  user_data: {
    app_user_id: notDocumented,
    dobd: inTheName,
    dobm: inTheName,
    doby: inTheName,
    f5first: inTheName,
    f5last: inTheName,
    fi: inTheName,
  },
  custom_data: {
    custom_properties: 'map custom_data: whatever it holds is sent',
  },
  app_data: {
    consider_views: notDocumented,
    device_token: notDocumented,
    extinfo: 'it is made of version, packageName and the others of app_data_field, one by one',
    include_dwell_data: notDocumented,
    include_video_data: notDocumented,
    receipt_data: notDocumented,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The same by name alone. */
export const refusedNames: ReadonlyMap<string, string> = new Map(Object.values(refusedMembers).flatMap(Object.entries));

/**
 * Members of `custom_data` that Meta documents for some kinds of business: travel, cars, property, apps, leads, shops. They are sent
 * as they are, within the mapped `custom_data`.
 */
export const verticalMembers: ReadonlySet<string> = new Set([
  ...['availability', 'body_style', 'checkin_date', 'checkout_date', 'condition_of_vehicle', 'departing_arrival_date'],
  ...['departing_departure_date', 'destination_airport', 'destination_ids', 'dma_code', 'drivetrain', 'exterior_color'],
  ...['fuel_type', 'hotel_score', 'interior_color', 'lease_end_date', 'lease_start_date', 'listing_type', 'make'],
  ...['mileage', 'model', 'neighborhood', 'num_adults', 'num_children', 'num_infants', 'origin_airport', 'postal_code'],
  ...['preferred_baths_range', 'preferred_beds_range', 'preferred_neighborhoods', 'preferred_num_stops'],
  ...['preferred_price_range', 'preferred_star_ratings', 'price', 'property_type', 'region', 'returning_arrival_date'],
  ...['returning_departure_date', 'state_of_vehicle', 'suggested_destinations', 'suggested_home_listings'],
  ...['suggested_hotels', 'suggested_jobs', 'suggested_local_service_businesses', 'suggested_location_based_items'],
  ...['suggested_vehicles', 'transmission', 'travel_class', 'travel_end', 'travel_start', 'trim', 'user_bucket'],
  ...['user_score', 'vin', 'year'],
  ...['description', 'level', 'max_rating_value', 'success'],
  ...['event_source', 'lead_event_source', 'store_data'],
]);
