import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface SavedQueriesProps {
  /** The folder the queries stand in, in CloudWatch Logs Insights. */
  readonly folder: string;
  readonly ingestLogs: ILogGroup;
  readonly deliverLogs: ILogGroup;
}

/** The questions one asks the logs, ready in CloudWatch Logs Insights. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { folder, ingestLogs, deliverLogs }: SavedQueriesProps) {
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
      'fields @timestamp, message, source, @message',
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
      '| fields @timestamp, durationMs, latencyMs.max, records, events, delivered, waiting, requests, @requestId',
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
  }
}
