import * as z from 'zod';
import { type OperationTable, operation } from '../aws/operation.ts';
import type { MoveTasks } from './move-tasks.ts';

/** Redrive of dead letters. */
export const moveOperations = (tasks: MoveTasks): OperationTable => ({
  'AmazonSQS.StartMessageMoveTask': operation(
    z.object({
      SourceArn: z.string(),
      DestinationArn: z.string().optional(),
      MaxNumberOfMessagesPerSecond: z.number().int().optional(),
    }),
    (input) => ({
      TaskHandle: tasks.start({
        sourceArn: input.SourceArn,
        destinationArn: input.DestinationArn,
        perSecond: input.MaxNumberOfMessagesPerSecond,
      }),
    }),
  ),
  'AmazonSQS.ListMessageMoveTasks': operation(
    z.object({ SourceArn: z.string(), MaxResults: z.number().int().optional() }),
    (input) => ({ Results: tasks.list(input.SourceArn, input.MaxResults) }),
  ),
  'AmazonSQS.CancelMessageMoveTask': operation(z.object({ TaskHandle: z.string() }), ({ TaskHandle }) => ({
    ApproximateNumberOfMessagesMoved: tasks.cancel(TaskHandle),
  })),
});
