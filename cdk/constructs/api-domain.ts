import { ApiMapping, DomainName, type HttpApi, type IHttpStage, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { DomainSettings } from '../../shared/config/environment-settings.ts';
import { hostedZone } from './hosted-zone.ts';

export interface ApiDomainProps {
  readonly api: HttpApi;
  readonly stage: IHttpStage;
  readonly domain: DomainSettings;
}

/** A name of the customer's for an HTTP API, over TLS 1.2 and above. */
export class ApiDomain extends Construct {
  readonly endpoint: string;
  /** Name that the domain's DNS record must point to. */
  readonly dnsTarget: string;

  constructor(scope: Construct, id: string, { api, stage, domain }: ApiDomainProps) {
    super(scope, id);

    const domainName = new DomainName(this, 'Name', {
      domainName: domain.name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new ApiMapping(this, 'Mapping', { api, stage, domainName });

    const zone = hostedZone(this, domain);
    if (zone !== undefined) {
      const { regionalDomainName, regionalHostedZoneId } = domainName;
      new ARecord(this, 'A', {
        zone,
        recordName: `${domain.name}.`,
        target: RecordTarget.fromAlias(new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId)),
      });
    }

    this.endpoint = `https://${domain.name}`;
    this.dnsTarget = domainName.regionalDomainName;
  }
}
