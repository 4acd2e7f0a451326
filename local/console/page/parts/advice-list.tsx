import type { Advice } from '../../../../shared/explain/explanation.ts';
import { Icon } from './icons.tsx';

export interface AdviceListProps {
  readonly advice: readonly Advice[];
  readonly tone: 'dead' | 'waiting';
}

/** List of what is wrong, where, and what to do about it. */
export const AdviceList = ({ advice, tone }: AdviceListProps) => (
  <ul class={`advice ${tone}`}>
    {advice.map(({ message, path, fix, code }, index) => (
      <li key={index}>
        <Icon name={tone === 'dead' ? 'close' : 'warning'} />
        <div>
          <p>
            {path === undefined ? undefined : <code>{path}</code>} {message}
            {code === undefined ? undefined : <small>{code}</small>}
          </p>
          {fix === undefined ? undefined : <p class="fix">{fix}</p>}
        </div>
      </li>
    ))}
  </ul>
);
