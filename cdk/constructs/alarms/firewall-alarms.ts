import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { EdgeFirewall } from '../edge-firewall.ts';
import { fiveMinutes, type MakeAlarm, oneMinute } from './alarm-rule.ts';

/** Those that ring for what never reaches the API. CloudFront counts in us-east-1, and alarms watch their own region. */
export function addFirewallAlarms(alarm: MakeAlarm, firewall: EdgeFirewall): void {
  alarm('CloudFrontErrors', {
    severity: 'urgent',
    metric: new MathExpression({
      label: 'Requests that CloudFront answered with 5xx, in per cent',
      expression: 'IF(requests >= 20, rate, 0)',
      usingMetrics: {
        rate: firewall.metric('5xxErrorRate', Stats.AVERAGE, oneMinute),
        requests: firewall.metric('Requests', Stats.SUM, oneMinute),
      },
      period: oneMinute,
    }),
    threshold: 1,
    periods: 5,
    of: 3,
    says: 'More than 1 % of the requests have failed at CloudFront. If IngestServerErrors is quiet, they did not reach the API: certificate, name, or CloudFront itself.',
  });
  alarm('FirewallBlocks', {
    severity: 'notice',
    metric: new MathExpression({
      label: 'Requests that the firewall blocked, in per cent',
      expression: 'IF(blocked >= 50, 100 * blocked / (FILL(allowed, 0) + blocked), 0)',
      usingMetrics: {
        blocked: firewall.aclMetric('BlockedRequests', fiveMinutes),
        allowed: firewall.aclMetric('AllowedRequests', fiveMinutes),
      },
      period: fiveMinutes,
    }),
    threshold: 5,
    periods: 3,
    says: 'The firewall has blocked more than 5 % of the requests for 15 minutes. Libraries drop what is blocked: look at the rule, and raise requestsPerAddress or count first if these are your senders.',
  });
}
