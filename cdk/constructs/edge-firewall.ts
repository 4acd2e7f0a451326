import { type Duration, Fn, Names, Stack, Validations } from 'aws-cdk-lib';
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
import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { DomainSettings, FirewallSettings } from '../../shared/config/environment-settings.ts';
import type { OriginGuard } from './origin-guard.ts';

/** CloudFront is run, and counts, from here. */
export const cloudFrontRegion = 'us-east-1';

export interface EdgeFirewallProps {
  readonly api: HttpApi;
  readonly guard: OriginGuard;
  readonly firewall: FirewallSettings;
  readonly domain?: DomainSettings | undefined;
}

/** CloudFront with a web ACL in front of an HTTP API. It keeps nothing and changes nothing but the host. */
export class EdgeFirewall extends Construct {
  readonly distribution: Distribution;
  /** The value of the dimension `WebACL` in the metrics of the firewall. */
  readonly webAclMetric: string;

  constructor(scope: Construct, id: string, { api, guard, firewall, domain }: EdgeFirewallProps) {
    super(scope, id);
    this.webAclMetric =
      'webAclArn' in firewall ? nameInArn(firewall.webAclArn) : Names.uniqueResourceName(this, { maxLength: 60 });

    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Firewall of ${Stack.of(this).stackName}`,
      webAclId: 'webAclArn' in firewall ? firewall.webAclArn : this.#makeWebAcl(firewall),
      ...(domain && {
        domainNames: [domain.name],
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: Certificate.fromCertificateArn(
          this,
          'Certificate',
          firewall.certificateArn ?? domain.certificateArn,
        ),
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
    acknowledgeFindings(this.distribution, domain);
  }

  /** A metric of CloudFront's. */
  metric(metricName: string, statistic: string, period: Duration, label?: string): IMetric {
    return new Metric({
      namespace: 'AWS/CloudFront',
      metricName,
      dimensionsMap: { DistributionId: this.distribution.distributionId, Region: 'Global' },
      statistic,
      period,
      region: cloudFrontRegion,
      ...(label !== undefined && { label }),
    });
  }

  /** A metric of the web ACL, over all of its rules. */
  aclMetric(metricName: string, period: Duration, label?: string): IMetric {
    return new Metric({
      namespace: 'AWS/WAFV2',
      metricName,
      dimensionsMap: { WebACL: this.webAclMetric, Rule: 'ALL' },
      statistic: Stats.SUM,
      period,
      region: cloudFrontRegion,
      ...(label !== undefined && { label }),
    });
  }

  /**
   * Blocks addresses known for attacks, and any that sends too much. Rules that look into bodies stay out: AWS's common
   * set refuses bodies above 8 KB, and page titles and search terms look like attacks often enough to lose events. Until
   * the settings say `block`, it counts what it would have blocked.
   */
  #makeWebAcl({
    requestsPerAddress,
    block = false,
  }: Extract<FirewallSettings, { requestsPerAddress: number }>): string {
    const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
      cloudWatchMetricsEnabled: true,
      metricName,
      // Samples hold headers, addresses and write keys.
      sampledRequestsEnabled: false,
    });
    const { attrArn } = new CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(this.webAclMetric),
      rules: [
        {
          name: 'KnownAttackers',
          priority: 0,
          overrideAction: block ? { none: {} } : { count: {} },
          statement: {
            managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesAmazonIpReputationList' },
          },
          visibilityConfig: visibility('KnownAttackers'),
        },
        {
          name: 'RequestsPerAddress',
          priority: 1,
          action: block ? { block: { customResponse: { responseCode: 429 } } } : { count: {} },
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

/** `arn:…:global/webacl/<name>/<id>`. Unless its owner chose another metric name, a web ACL reports under its own. */
const nameInArn = (arn: string): string => Fn.select(2, Fn.split('/', arn));

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
