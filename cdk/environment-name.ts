import { environments } from '../config/environments.ts';
import type { EnvironmentName } from '../shared/config/environment-settings.ts';

export const isEnvironmentName = (value: unknown): value is EnvironmentName =>
  typeof value === 'string' && Object.hasOwn(environments, value);

export const environmentNames: readonly EnvironmentName[] = Object.keys(environments).filter(isEnvironmentName);
