import type { JSX } from 'preact';

const choices = [1, 7, 30, 90] as const;

interface DaysSelectProps {
  readonly days: number;
  readonly onChange: (days: number) => void;
}

/** Chooses how many of the last days are looked at. */
export const DaysSelect = ({ days, onChange }: DaysSelectProps): JSX.Element => (
  <select
    aria-label="Time range"
    value={String(days)}
    onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
  >
    {choices.map((choice) => (
      <option key={choice} value={choice}>
        {choice === 1 ? 'the last day' : `the last ${choice} days`}
      </option>
    ))}
  </select>
);
