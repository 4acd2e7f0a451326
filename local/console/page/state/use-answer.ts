import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from './api.ts';

/** Answer to a question of a view; what was asked before is not answered any more. */
export interface Asked<Answer> {
  readonly answer: Signal<Answer | undefined>;
  /** Why there is no answer. */
  readonly problem: Signal<string | undefined>;
  readonly isAsking: Signal<boolean>;
}

/** Asks the server anew whenever the question is another. */
export function useAnswer<Answer>(question: string): Asked<Answer> {
  const answer = useSignal<Answer | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const isAsking = useSignal(true);
  useEffect(() => {
    let isOver = false;
    isAsking.value = true;
    ask<Answer>(question)
      .then(
        (got) => {
          if (isOver) return;
          answer.value = got;
          problem.value = undefined;
        },
        (error: Error) => {
          if (!isOver) problem.value = error.message;
        },
      )
      .finally(() => {
        if (!isOver) isAsking.value = false;
      });
    return () => {
      isOver = true;
    };
  }, [question]);
  return { answer, problem, isAsking };
}
