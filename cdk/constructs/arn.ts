import { Token } from 'aws-cdk-lib';

/** `arn:<partition>:<service>:<region>:<account>:…` */
export const isArn = (text: string): boolean => Token.isUnresolved(text) || text.startsWith('arn:');

/** The region in an ARN; undefined when the ARN is known only at deployment. */
export const regionOf = (arn: string): string | undefined => (Token.isUnresolved(arn) ? undefined : arn.split(':')[3]);
