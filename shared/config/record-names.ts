/** Names of what the record of a deployment consists of; the stack makes it under them, the functions and the commands find it by them. */
export const recordNames = (deployment: string) =>
  ({
    stream: `conversions-${deployment}-receipts`,
    secret: `conversions/${deployment}/record`,
    workgroup: `conversions-${deployment}-record`,
    /** Names in Glue have small letters and no dashes. */
    database: `conversions_${deployment.toLowerCase().replaceAll(/[^a-z0-9]/g, '_')}_record`,
    table: 'receipts',
  }) as const;
