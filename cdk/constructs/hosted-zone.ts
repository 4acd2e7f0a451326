import { HostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { DomainSettings } from '../../shared/config/environment-settings.ts';

/** The zone of a domain, taken as the settings give it: nothing is looked up. */
export function hostedZone(scope: Construct, domain: DomainSettings | undefined): IHostedZone | undefined {
  if (domain?.hostedZone === undefined) return undefined;
  const { id, name } = domain.hostedZone;
  return HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: id, zoneName: name });
}
