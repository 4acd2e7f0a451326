import * as z from 'zod/mini';

/**
 * Schema of a member that may be missing or of an unexpected type, and then reads as undefined: it must not hide the
 * others. (`z.catch` would do the same, and bring 12 KiB more of zod into every cold start.)
 */
export const ifReadable = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.union([
    z.optional(schema),
    z.pipe(
      z.unknown(),
      z.transform(() => undefined),
    ),
  ]);
