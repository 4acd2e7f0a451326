/** Something that is loaded later in life. */
export interface OnceWarm<Value> {
  /** Undefined while it is not there. */
  readonly value: Value | undefined;
  /** Counts work. */
  done(amount: number): void;
}

/**
 * Loads what takes longer to load, or to compile, than a short life would win back by it, once so much work is done. Where it cannot
 * be loaded, it never comes.
 */
export function onceWarm<Value>(load: () => Promise<Value>, warmUp: number): OnceWarm<Value> {
  let value: Value | undefined;
  let sum = 0;
  let isLoading = false;
  return {
    get value() {
      return value;
    },
    done(amount) {
      if (isLoading) return;
      sum += amount;
      if (sum < warmUp) return;
      isLoading = true;
      load().then(
        (loaded) => {
          value = loaded;
        },
        () => {},
      );
    },
  };
}
