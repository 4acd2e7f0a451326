import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface SavedQueriesProps {
  /** The folder the queries stand in, in CloudWatch Logs Insights. */
  readonly folder: string;
  readonly accessLogs: ILogGroup;
  readonly ingestLogs: ILogGroup;
  readonly deliverLogs: ILogGroup;
}

/** The questions one asks the logs, ready in CloudWatch Logs Insights. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { folder, accessLogs, ingestLogs, deliverLogs }: SavedQueriesProps) {
    super(scope, id);

    const save = (name: string, logGroups: readonly ILogGroup[], ...lines: readonly string[]): void => {
      new CfnQueryDefinition(this, name.replaceAll(' ', ''), {
        name: `${folder}/${name}`,
        logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
        queryString: lines.join('\n'),
      });
    };

    save(
      'Follow one message id',
      [ingestLogs, deliverLogs],
      'fields @timestamp, message, requestId, source, @message',
      '| filter @message like "PUT-THE-MESSAGE-ID-HERE"',
      '| sort @timestamp asc',
    );
    save(
      'Dead letters by reason',
      [deliverLogs],
      'filter message = "event outcomes"',
      '| fields jsonParse(@message) as line',
      '| unnest line.groups into outcome',
      '| filter outcome.outcome = "dead"',
      '| stats sum(outcome.count) as events by outcome.reason, outcome.destination, outcome.mapping',
      '| sort events desc',
    );
    save(
      'Slowest batches',
      [deliverLogs],
      'filter message = "delivery report"',
      '| fields @timestamp, durationMs, latencyMs.max, records, events, delivered, waiting, requests, requestId',
      '| sort durationMs desc',
      '| limit 50',
    );
    save(
      'Rejected at the door',
      [ingestLogs],
      'filter message = "events received"',
      '| fields jsonParse(@message) as line',
      '| unnest line.rejected into rejection',
      '| filter ispresent(rejection.code)',
      '| stats count(*) as events by line.source, rejection.code',
      '| sort events desc',
    );
    save(
      'Refused requests',
      [accessLogs],
      'filter status >= 400 and status < 500',
      '| stats count(*) as requests by status, method, errorType, authorizerError',
      '| sort requests desc',
    );
    save(
      'Follow one request',
      [accessLogs, ingestLogs],
      'fields @timestamp, status, lambdaStatus, ingestStatus, integrationError, message, requestId, ingestRequestId, @message',
      // Either of its ids: the one of the access log, or the one of the function's own lines.
      '| filter requestId = "PUT-THE-REQUEST-ID-HERE" or ingestRequestId = "PUT-THE-REQUEST-ID-HERE"',
      '| sort @timestamp asc',
    );
    save(
      'Failed requests',
      [accessLogs],
      'filter status >= 500 or lambdaStatus >= 400',
      '| fields @timestamp, status, lambdaStatus, ingestStatus, integrationError, latencyMs, requestId, ingestRequestId',
      '| sort @timestamp desc',
      '| limit 100',
    );
  }
}
