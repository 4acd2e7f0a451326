import { Fn, Stack, Token, Validations } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { ARecord, AaaaRecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { DomainSettings, FirewallSettings } from '../../shared/config/environment-settings.ts';
import { hostedZone } from './hosted-zone.ts';
import type { OriginGuard } from './origin-guard.ts';
import { SettingsError } from './settings-error.ts';

export interface EdgeFirewallProps {
  readonly api: HttpApi;
  readonly guard: OriginGuard;
  readonly firewall: FirewallSettings;
  readonly domain?: DomainSettings | undefined;
}

/** CloudFront with a web ACL in front of an HTTP API. It keeps nothing and changes nothing but the host. */
export class EdgeFirewall extends Construct {
  /** `https://…` without a trailing slash. */
  readonly endpoint: string;
  /** Name that a domain's DNS record must point to. */
  readonly dnsTarget: string;

  constructor(scope: Construct, id: string, { api, guard, firewall, domain }: EdgeFirewallProps) {
    super(scope, id);
    if (domain !== undefined) requireGlobalCertificate(domain);

    const distribution = new Distribution(this, 'Distribution', {
      comment: `Firewall of ${Stack.of(this).stackName}`,
      webAclId: 'webAclArn' in firewall ? firewall.webAclArn : this.#makeWebAcl(firewall.requestsPerAddress),
      ...(domain && {
        domainNames: [domain.name],
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      }),
      defaultBehavior: {
        origin: new HttpOrigin(Fn.select(2, Fn.split('/', api.apiEndpoint)), {
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [OriginSslPolicy.TLS_V1_2],
          customHeaders: { [guard.headerName]: guard.headerValue.unsafeUnwrap() },
        }),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        compress: false,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // API Gateway finds the API by the host, so the viewer's must not reach it.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
    });
    acknowledgeFindings(distribution, domain);

    const zone = hostedZone(this, domain);
    if (domain !== undefined && zone !== undefined) {
      const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
      new ARecord(this, 'A', { zone, recordName: `${domain.name}.`, target });
      new AaaaRecord(this, 'Aaaa', { zone, recordName: `${domain.name}.`, target });
    }

    this.endpoint = `https://${domain?.name ?? distribution.distributionDomainName}`;
    this.dnsTarget = distribution.distributionDomainName;
  }

  /**
   * Blocks addresses known for attacks, and any that sends too much. Rules that look into bodies stay out: AWS's common
   * set refuses bodies above 8 KB, and page titles and search terms look like attacks often enough to lose events.
   */
  #makeWebAcl(requestsPerAddress: number): string {
    const { region } = Stack.of(this);
    if (region !== 'us-east-1') {
      const where = Token.isUnresolved(region) ? 'no fixed region' : `the region ${region}`;
      throw new SettingsError(
        `settings.firewall: a web ACL for CloudFront can only be made in us-east-1, and this stack has ${where}. ` +
          'Set settings.region to us-east-1, or make one there and pass its ARN as settings.firewall.webAclArn.',
      );
    }
    const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
      cloudWatchMetricsEnabled: true,
      metricName,
      // Samples hold headers, addresses and write keys.
      sampledRequestsEnabled: false,
    });
    const { attrArn } = new CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('Requests'),
      rules: [
        {
          name: 'KnownAttackers',
          priority: 0,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesAmazonIpReputationList' },
          },
          visibilityConfig: visibility('KnownAttackers'),
        },
        {
          name: 'RequestsPerAddress',
          priority: 1,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: {
            rateBasedStatement: { limit: requestsPerAddress, aggregateKeyType: 'IP', evaluationWindowSec: 300 },
          },
          visibilityConfig: visibility('RequestsPerAddress'),
        },
      ],
    });
    return attrArn;
  }
}

function requireGlobalCertificate({ certificateArn }: DomainSettings): void {
  if (Token.isUnresolved(certificateArn) || certificateArn.split(':')[3] === 'us-east-1') return;
  throw new SettingsError(
    `settings.domain.certificateArn: CloudFront takes certificates of us-east-1 only, not ${certificateArn}. ` +
      'Request one there, or leave settings.firewall out.',
  );
}

function acknowledgeFindings(distribution: Distribution, domain: DomainSettings | undefined): void {
  Validations.of(distribution).acknowledge(
    {
      id: 'AwsSolutions-CFR1',
      reason: 'Customers of a shop may be anywhere; a web ACL of yours can restrict countries.',
    },
    {
      id: 'AwsSolutions-CFR3',
      reason: "CloudFront's logs hold addresses and query strings; API Gateway logs what passes, without them.",
    },
  );
  if (domain !== undefined) return;
  Validations.of(distribution).acknowledge({
    id: 'AwsSolutions-CFR4',
    reason: 'AWS sets the TLS versions of its own *.cloudfront.net names; settings.domain brings TLS 1.2 and above.',
  });
}
