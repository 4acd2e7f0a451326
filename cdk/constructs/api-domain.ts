import { ApiMapping, DomainName, type HttpApi, type IHttpStage, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { AaaaRecord, ARecord, type IAliasRecordTarget, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties, CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { DomainSettings } from '../../shared/config/environment-settings.ts';
import { hostedZone } from './hosted-zone.ts';

export interface ApiDomainProps {
  readonly api: HttpApi;
  readonly stage: IHttpStage;
  readonly domain: DomainSettings;
  /** With a firewall: what the name leads to instead of the API. */
  readonly distribution?: IDistribution | undefined;
  /** Whether the API itself answers to the name too: always without a firewall, and with one while clients move. */
  readonly atApi: boolean;
}

/**
 * A name of the customer's, over TLS 1.2 and above, and its records. They have the same ids whatever the name leads to:
 * Route 53 refuses a second record of one name while the first is still there.
 */
export class ApiDomain extends Construct {
  /** Name that the domain's DNS record must point to. */
  readonly dnsTarget: string;

  constructor(scope: Construct, id: string, props: ApiDomainProps) {
    super(scope, id);
    const { domain, distribution } = props;
    const domainName = props.atApi ? this.#nameTheApi(props) : undefined;
    const front = distribution ?? domainName;
    if (front === undefined) throw new Error('A domain leads to the API or to CloudFront');

    const zone = hostedZone(this, domain);
    if (zone !== undefined) {
      const record = { zone, recordName: `${domain.name}.`, target: RecordTarget.fromAlias(aliasOf(front)) };
      new ARecord(this, 'A', record);
      if (distribution !== undefined) new AaaaRecord(this, 'Aaaa', record);
    }
    this.dnsTarget = 'regionalDomainName' in front ? front.regionalDomainName : front.distributionDomainName;
  }

  #nameTheApi({ api, stage, domain }: ApiDomainProps): DomainName {
    const domainName = new DomainName(this, 'Name', {
      domainName: domain.name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new ApiMapping(this, 'Mapping', { api, stage, domainName });
    return domainName;
  }
}

const aliasOf = (front: DomainName | IDistribution): IAliasRecordTarget =>
  'regionalDomainName' in front
    ? new ApiGatewayv2DomainProperties(front.regionalDomainName, front.regionalHostedZoneId)
    : new CloudFrontTarget(front);
