/** Names that match keys have at Meta, where a mapping calls them otherwise. */
export const wireNames: ReadonlyMap<string, string> = new Map([
  ['em', 'email'],
  ['ph', 'phone'],
  ['ge', 'gender'],
  ['db', 'dateOfBirth'],
  ['fn', 'firstName'],
  ['ln', 'lastName'],
  ['ct', 'city'],
  ['st', 'state'],
  ['zp', 'zip'],
]);

const notDocumented = 'it is in Meta’s SDKs, but no page of Meta says what it does';
const inTheName = 'send firstName, lastName and dateOfBirth, which Meta takes apart itself';

/** Members that Meta’s SDKs can write and this pipeline does not send, and why. */
export const undocumentedNames: ReadonlyMap<string, string> = new Map([
  ['advanced_measurement_table', 'it belongs to a programme of Meta that is not open'],
  ['app_user_id', notDocumented],
  ['consider_views', notDocumented],
  ['device_token', notDocumented],
  ['include_dwell_data', notDocumented],
  ['include_video_data', notDocumented],
  ['receipt_data', notDocumented],
  ['f5first', inTheName],
  ['f5last', inTheName],
  ['fi', inTheName],
  ['dobd', inTheName],
  ['dobm', inTheName],
  ['doby', inTheName],
  ['namespace_id', 'it is a member of the request, from the Offline Conversions API, which is gone'],
  ['upload_id', 'it is a member of the request, from the Offline Conversions API, which is gone'],
  ['upload_source', 'it is a member of the request, from the Offline Conversions API, which is gone'],
  ['upload_tag', 'it is a member of the request: set uploadTag of the destination'],
  ['extinfo', 'it is made of version, packageName and the others of app_data_field, one by one'],
  ['custom_properties', 'map custom_data: whatever it holds is sent'],
]);
