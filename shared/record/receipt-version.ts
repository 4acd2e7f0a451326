/** Version of the lines that are written; a reader leaves out those of a version that it does not know. */
export const receiptVersion = 1;
