import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  type ComparisonOperator,
  type IMetric,
  MathExpression,
  type TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';

/**
 * Whom an alarm calls. `urgent`: somebody gets up. `notice`: it can wait for the morning. `canary`: nobody; it only takes
 * a new version back, and so may be sharper than a person would bear.
 */
export type Severity = 'urgent' | 'notice' | 'canary';

export interface AlarmRule {
  readonly severity: Severity;
  readonly metric: IMetric;
  /** Meaning and first thing to do; it is in the mail. */
  readonly says: string;
  /** @default ComparisonOperator.GREATER_THAN_THRESHOLD */
  readonly comparison?: ComparisonOperator;
  /** @default 0 */
  readonly threshold?: number;
  /** How far it looks back. @default 1 */
  readonly periods?: number;
  /** How many of these it takes. @default - all */
  readonly of?: number;
  /** @default TreatMissingData.NOT_BREACHING - no events is not a fault */
  readonly missing?: TreatMissingData;
}

export type MakeAlarm = (name: string, rule: AlarmRule) => Alarm;

export const oneMinute = Duration.minutes(1);
export const fiveMinutes = Duration.minutes(5);
export const quarterHour = Duration.minutes(15);

/**
 * One in 20 minutes. Deliver reports when it runs; where only retries are left, that is every 15 minutes, and in between
 * other destinations may do well. Until the next try the alarm must not be over.
 */
export const betweenTries = { periods: 4, of: 1 };

export interface ShareProps {
  readonly label: string;
  readonly part: IMetric;
  readonly whole: IMetric;
  /** Fewer in a period are no share of anything. */
  readonly least: number;
  readonly period: Duration;
}

/** Part of a whole in per cent; 0 while the part is small. */
export const share = ({ label, part, whole, least, period }: ShareProps): IMetric =>
  new MathExpression({
    label,
    expression: `IF(part >= ${least}, 100 * part / MAX([whole, part]), 0)`,
    usingMetrics: { part, whole },
    period,
  });
