import { createLambdaFunction } from '../../../../local/emulators/lambda/lambda-function.ts';

// Prints the process id of a function that it runs, so that a test can kill this process and look for that one.
const [, , directory = '', event = '{}'] = process.argv;
const lambda = createLambdaFunction({
  name: 'orphan',
  directory,
  env: {},
  timeoutSeconds: 60,
  memoryMb: 128,
  concurrency: 1,
  onLog: (line) => process.stdout.write(`${line}\n`),
});
await lambda.invoke(JSON.parse(event));
