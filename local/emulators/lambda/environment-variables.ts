import { hostname } from 'node:os';

export interface FunctionIdentity {
  readonly name: string;
  /** Folder of the bundle, which is also the working directory. */
  readonly directory: string;
  readonly memoryMb: number;
}

const defaultRegion = 'us-east-1';

/**
 * The whole environment of a function's process: what Lambda sets, then the function's own variables. Nothing of this
 * process passes through. A function's own `AWS_REGION` wins, unlike in AWS, where it follows from the deployment.
 * Source: "Defined runtime environment variables" in the AWS Lambda developer guide.
 */
export const environmentVariables = (
  { name, directory, memoryMb }: FunctionIdentity,
  own: Readonly<Record<string, string>>,
): Record<string, string> => ({
  _HANDLER: 'index.handler',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_DEFAULT_REGION: own['AWS_REGION'] ?? defaultRegion,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]${hostname()}`,
  AWS_REGION: defaultRegion,
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  LAMBDA_TASK_ROOT: directory,
  LANG: 'en_US.UTF-8',
  PATH: '/usr/local/bin:/usr/bin:/bin:/opt/bin',
  TZ: ':UTC',
  ...own,
});

export const functionArn = (name: string, own: Readonly<Record<string, string>>): string =>
  `arn:aws:lambda:${own['AWS_REGION'] ?? defaultRegion}:000000000000:function:${name}`;
