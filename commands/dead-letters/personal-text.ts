import { guardCustomData } from '../../shared/meta/privacy/personal-data.ts';

export const maskedText = '[masked text]';

/** Whether a text holds an email address or a phone number. */
export const holdsPersonalData = (text: string): boolean => guardCustomData({ text }, 'remove').found > 0;
