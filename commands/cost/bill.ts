import type { Deployment } from './deployment.ts';
import { costOf, type PriceName, prices } from './prices.ts';
import { heldTrafficOf, secondsPerMonth, type Traffic, trafficOf } from './traffic.ts';
import type { Workload } from './workload.ts';

export interface BillLine {
  readonly title: string;
  readonly price: PriceName;
  /** Of the price's unit, in a month. */
  readonly units: number;
  readonly usd: number;
}

export interface Bill {
  readonly traffic: Traffic;
  readonly lines: readonly BillLine[];
  readonly usd: number;
  readonly usdPerMillion: number;
}

/** Of a day. */
export interface HeldBill {
  readonly lines: readonly BillLine[];
  readonly usd: number;
}

const gb = 1024 ** 3;
/** Bytes that CloudWatch adds to each log line, and those of an access log line with them. */
const lineBytes = 26;
const accessLogBytes = 350 + lineBytes;
/** Of a rejection, in the log line and in the answer. */
const rejectionLogBytes = 90;
const rejectionAnswerBytes = 200;
/** A message id is a UUID, with its quotes and comma; both functions print it. */
const idLogBytes = 2 * 39;
/** CloudWatch's own calculator counts on this. */
const logCompression = 0.15;
const daysPerMonth = secondsPerMonth / 86_400;
/** A container keeps what it read for five minutes. */
const secretSeconds = 300;
/** Headers and body of an answer, and of a request to Meta around its events. */
const answerBytes = 400;
const requestHeaderBytes = 600;
const graphFrameBytes = 1_000;

/** AWS services cache a data key for five minutes; six of them use it: queues, secrets, logs. */
const keyUses = 6 * (secondsPerMonth / 300);
/** X-Ray's default sampling: one a second, and a twentieth of the rest. */
const sampled = (times: number): number => Math.min(times, secondsPerMonth) + Math.max(0, times - secondsPerMonth) / 20;

/** Charges that only some settings switch on. */
function options(
  { requests, invocations }: Traffic,
  bytes: { readonly in: number; readonly answers: number },
  { customerManagedKey, tracing, firewall }: Deployment,
  line: (title: string, price: PriceName, units: number) => BillLine,
): BillLine[] {
  return [
    ...(customerManagedKey ? [line('KMS: key', 'kmsKey', 1), line('KMS: uses', 'kmsUse', keyUses)] : []),
    ...(tracing ? [line('X-Ray: traces', 'trace', sampled(requests) + sampled(invocations))] : []),
    ...(firewall === 'none'
      ? []
      : [
          line('CloudFront: requests', 'cloudFrontRequest', requests),
          line('CloudFront: to the API', 'cloudFrontGbToOrigin', bytes.in / gb),
          line('CloudFront: to clients', 'cloudFrontGbOut', bytes.answers / gb),
          line('WAF: requests', 'webAclRequest', requests),
        ]),
    ...(firewall === 'made by the stack'
      ? [line('WAF: web ACL', 'webAcl', 1), line('WAF: rules', 'webAclRule', 2)]
      : []),
  ];
}

/** Bytes of the receipts of an event with the ids and match keys of the benchmark's order and a UUID: accepted, and delivered once. */
const acceptedBytes = 231;
const deliveredBytes = 310;
/** Firehose bills each record in steps; an invocation hands over one, or few. */
const firehoseStepBytes = 5 * 1024;
const firehoseRecordBytes = 1_000 * 1024;
/** Of receipts, whose ids and digests cannot be compressed; of events, which repeat each other. */
const receiptCompression = 0.35;
const eventCompression = 0.2;
/** A second copy of each event is text within text. */
const escaping = 1.15;
/** Files that Firehose writes: one every five minutes, or at 128 MB. */
const fileSeconds = 300;
const fileBytes = 128 * 1024 * 1024;
/** Each hour, five spans of three hours, with the folders in which late receipts may be. */
const comparedHours = 5 * 6;
const hoursPerMonth = secondsPerMonth / 3_600;
/** Athena bills a query for no less. */
const leastAthenaBytes = 10 * 1024 ** 2;
/** Waiting for Firehose to take the receipts of one invocation. */
const firehoseCallMs = 10;

function recordLines(
  workload: Workload,
  { requests, invocations }: Traffic,
  { record, ingest, deliver, comparesCounts }: Deployment,
  line: (title: string, price: PriceName, units: number) => BillLine,
): BillLine[] {
  if (record === undefined) return [];
  const { eventsPerMonth: events, destinations } = workload;
  const eventBytes = record.level === 'events' ? workload.eventBytes * escaping : 0;
  const billed = (times: number, bytes: number): number => {
    const each = bytes / times;
    const records = Math.max(1, Math.ceil(each / firehoseRecordBytes));
    return times * records * Math.ceil(each / records / firehoseStepBytes) * firehoseStepBytes;
  };
  const accepted = events * (acceptedBytes + eventBytes);
  const delivered = events * destinations * deliveredBytes;
  const stored =
    events * (acceptedBytes + destinations * deliveredBytes) * receiptCompression +
    events * eventBytes * eventCompression;
  const files = Math.max(secondsPerMonth / fileSeconds, (accepted + delivered) / fileBytes);
  const waitGbSeconds =
    ((requests * ingest.memoryMb + invocations * deliver.memoryMb) / 1_024) * (firehoseCallMs / 1_000);
  return [
    line('Record: Firehose', 'firehoseGb', (billed(requests, accepted) + billed(invocations, delivered)) / gb),
    line('Record: kept', 's3GbStored', (stored / gb) * (record.keepDays / daysPerMonth)),
    line('Record: files', 's3Put', files),
    line('Record: waiting for Firehose', 'lambdaArmGbSecond', waitGbSeconds),
    ...(comparesCounts
      ? [
          line(
            'Record: comparing counts',
            'athenaGb',
            (hoursPerMonth * Math.max(leastAthenaBytes, (comparedHours * stored) / hoursPerMonth)) / gb,
          ),
        ]
      : []),
  ];
}

/** A month's costs, line by line, at AWS's list prices. */
export function billOf(workload: Workload, deployment: Deployment): Bill {
  const traffic = trafficOf(workload, deployment);
  const line = (title: string, price: PriceName, units: number): BillLine => ({
    title,
    price,
    units,
    usd: costOf(units, prices[price]),
  });
  const { requests, invocations, messages, sqsSends, sqsReceives, sqsDeletes } = traffic;
  const containers = Math.max(1, Math.ceil(traffic.deliverConcurrency));
  const hasRetryGroups = needsRetryGroups(workload, deployment);
  const rejected = workload.eventsPerMonth * workload.rejectedShare;
  const logBytes =
    requests * (accessLogBytes + lineBytes + deployment.ingestReportBytes) +
    invocations * (lineBytes + deployment.deliverReportBytes) +
    rejected * rejectionLogBytes +
    (deployment.logsEveryId ? workload.eventsPerMonth * idLogBytes : 0);
  const answers = requests * answerBytes + rejected * rejectionAnswerBytes;
  const bytesIn = workload.eventsPerMonth * workload.eventBytes + requests * requestHeaderBytes;
  const toMeta = traffic.serverEvents * workload.serverEventBytes + traffic.graphRequests * graphFrameBytes;
  // What goes to CloudFront costs nothing; CloudFront charges for it.
  const bytesOut = toMeta + (deployment.firewall === 'none' ? answers : 0);

  const lines = [
    line('API Gateway: requests', 'httpApiRequest', traffic.gatewayUnits),
    line('Lambda: requests', 'lambdaRequest', requests + invocations),
    line('Lambda: compute', 'lambdaArmGbSecond', traffic.ingestGbSeconds + traffic.deliverGbSeconds),
    line('SQS: send, receive, delete', 'sqsRequest', sqsSends + sqsReceives + sqsDeletes),
    line(
      'SQS: fair queue',
      'sqsFairQueueRequest',
      deployment.fairQueue ? sqsSends + messages + sqsDeletes : hasRetryGroups ? traffic.retryRequests : 0,
    ),
    line('Data out: to Meta and to clients', 'gbOut', bytesOut / gb),
    line('Data in', 'gbIn', bytesIn / gb),
    line('CloudWatch: logs taken in', 'logGb', logBytes / gb),
    line(
      'CloudWatch: logs kept',
      'logGbStored',
      (logBytes / gb) * logCompression * (deployment.logRetentionDays / daysPerMonth),
    ),
    line('CloudWatch: metrics', 'customMetric', deployment.customMetrics),
    line('CloudWatch: alarms', 'alarmMetric', deployment.alarmMetrics),
    line('CloudWatch: dashboards', 'dashboard', deployment.dashboards),
    line('Secrets Manager: secrets', 'secret', deployment.secrets),
    line('Secrets Manager: reads', 'secretRead', deployment.secrets * containers * (secondsPerMonth / secretSeconds)),
    ...recordLines(workload, traffic, deployment, line),
    ...options(traffic, { in: bytesIn, answers }, deployment, line),
  ];
  const usd = lines.reduce((sum, each) => sum + each.usd, 0);
  return { traffic, lines, usd, usdPerMillion: usd / (workload.eventsPerMonth / 1e6) };
}

/** Whether messages that come again need a group of their own, since they could keep others waiting. */
const needsRetryGroups = (
  { destinations }: Pick<Workload, 'destinations'>,
  { fairQueue }: Pick<Deployment, 'fairQueue'>,
): boolean => fairQueue || destinations > 1;

/** Costs of the first day in which so many events wait for a destination that is held; each further one costs less. */
export function heldBillOf(
  heldEvents: number,
  workload: Omit<Workload, 'eventsPerMonth'>,
  deployment: Deployment,
): HeldBill {
  const held = heldTrafficOf(heldEvents, workload, deployment);
  const line = (title: string, price: PriceName, units: number): BillLine => ({
    title,
    price,
    units,
    usd: costOf(units, prices[price]),
  });
  const lines = [
    line('SQS: send, receive, delete', 'sqsRequest', held.sqsRequests),
    line('SQS: fair queue', 'sqsFairQueueRequest', needsRetryGroups(workload, deployment) ? held.sqsRequests : 0),
    line('Lambda: requests', 'lambdaRequest', held.invocations),
    line('Lambda: compute', 'lambdaArmGbSecond', held.deliverGbSeconds),
    line('CloudWatch: logs taken in', 'logGb', (held.invocations * (lineBytes + deployment.deliverReportBytes)) / gb),
  ];
  return { lines, usd: lines.reduce((sum, each) => sum + each.usd, 0) };
}
