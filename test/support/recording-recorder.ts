import { personDigests } from '../../shared/record/person-digests.ts';
import { Receipt } from '../../shared/record/receipt.ts';
import { createRecorder, type Recorder, type RecordLevel } from '../../shared/record/recorder.ts';

export const recordSecret = 'secret-of-the-tests';

/** A recorder whose receipts can be read, as they come back from JSON. */
export function recordingRecorder(level: RecordLevel = 'receipts'): Recorder & { read(): Promise<Receipt[]> } {
  const lines: string[] = [];
  const digest = personDigests(recordSecret);
  const recorder = createRecorder({
    level,
    digest: () => digest,
    sink: {
      put: async (records) => {
        for (const text of records) lines.push(...text.trimEnd().split('\n'));
        return records.map((_, place) => place);
      },
    },
  });
  return {
    ...recorder,
    async read() {
      await recorder.flush(new AbortController().signal);
      return lines.map((line) => Receipt.parse(JSON.parse(line)));
    },
  };
}
