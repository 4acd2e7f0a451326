import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { recordNames } from '../../shared/config/record-names.ts';
import { withServices } from '../common/services.ts';
import type { Target } from '../common/target-options.ts';
import { CommandError } from '../kit/report-errors.ts';
import { openAthena } from './athena-store.ts';
import type { RecordFiles } from './record-files.ts';

/** Files of a deployment's record in its bucket. Where that is, the table knows. */
export const bucketFiles = (target: Target): Promise<RecordFiles> =>
  withServices(target, async ({ aws }) => {
    const names = recordNames(target.deployment);
    const athena = openAthena(aws, names);
    const [row] = await athena.query(`SELECT "$path" AS file FROM ${names.table} LIMIT 1`);
    await athena.close();
    const [, Bucket = ''] = /^s3:\/\/([^/]+)\//.exec(String(row?.['file'] ?? '')) ?? [];
    if (Bucket === '') {
      throw new CommandError({ reason: 'The record holds nothing yet.', fix: 'Run it again when it does.' });
    }
    const client = new S3Client(aws);
    return {
      async names() {
        const keys: string[] = [];
        for (let token: string | undefined; ; ) {
          const page = await client.send(
            new ListObjectsV2Command({ Bucket, Prefix: 'receipts/', ContinuationToken: token }),
          );
          keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
          token = page.NextContinuationToken;
          if (token === undefined) return keys;
        }
      },
      async read(Key) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return Buffer.from((await Body?.transformToByteArray()) ?? []);
      },
      async write(Key, Body) {
        await client.send(new PutObjectCommand({ Bucket, Key, Body }));
      },
      close: () => client.destroy(),
    };
  });
