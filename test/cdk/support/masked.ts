import type { Template } from 'aws-cdk-lib/assertions';

/** A template as text in which only a change to the infrastructure, not to the code it carries, makes a difference. */
export const masked = (template: Template): string =>
  `${JSON.stringify(template.toJSON(), null, 2)
    .replaceAll(/[0-9a-f]{64}(?=\.zip")/g, '<asset>')
    .replaceAll(/(?<=CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '<version>')}\n`;
