/** Settings that AWS would not take. The message names each with its path and says what it may be. */
export class SettingsError extends Error {}
