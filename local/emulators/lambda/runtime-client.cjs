'use strict';

// CommonJS on purpose: an ES module that imports `node:http` reads every lazy getter of it and so loads undici, which
// would cost every function more start time than all of this file.
const http = require('node:http');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true });
let current;

function call(method, resource, value) {
  const body = value === undefined ? '' : value;
  return new Promise((resolve, reject) => {
    const request = http.request({
      host,
      port,
      agent,
      method,
      path: `/2018-06-01/runtime/${resource}`,
      headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
    });
    request.end(body);
  });
}

function describe(error, errorType) {
  if (!(error instanceof Error)) {
    return { errorType: errorType ?? typeof error, errorMessage: String(error), trace: [] };
  }
  return { errorType: errorType ?? error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

async function loadHandler() {
  const [file, name] = process.env._HANDLER.split('.');
  const module = await import(pathToFileURL(join(process.env.LAMBDA_TASK_ROOT, `${file}.mjs`)).href);
  if (typeof module[name] === 'function') return module[name];
  const missing = new Error(`${process.env._HANDLER} is undefined or not exported`);
  missing.name = 'Runtime.HandlerNotFound';
  throw missing;
}

function contextOf(headers) {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

async function run(handler, event, context) {
  try {
    const result = await handler(event, context);
    return ['response', JSON.stringify(result === undefined ? null : result)];
  } catch (error) {
    const described = describe(error);
    console.error(`${context.awsRequestId} ERROR Invoke Error ${JSON.stringify(described)}`);
    return ['error', JSON.stringify(described)];
  }
}

async function serve() {
  let handler;
  try {
    handler = await loadHandler();
  } catch (error) {
    console.error(error);
    await call('POST', 'init/error', JSON.stringify(describe(error)));
    process.exit(1);
  }
  for (;;) {
    const { headers, body } = await call('GET', 'invocation/next');
    const context = contextOf(headers);
    current = context.awsRequestId;
    process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
    const [outcome, value] = await run(handler, JSON.parse(body), context);
    current = undefined;
    await call('POST', `invocation/${context.awsRequestId}/${outcome}`, value);
  }
}

/** Tells why, then exits with the code Lambda's own runtime uses. */
function crash(error, errorType, code) {
  console.error(error);
  const resource = current === undefined ? 'init/error' : `invocation/${current}/error`;
  call('POST', resource, JSON.stringify(describe(error, errorType))).finally(() => process.exit(code));
}

process.on('uncaughtException', (error) => crash(error, undefined, 129));
process.on('unhandledRejection', (error) => crash(error, 'Runtime.UnhandledPromiseRejection', 128));

for (const event of ['end', 'error']) process.stdin.on(event, () => process.exit(0));
process.stdin.resume();

// Only the Runtime API can fail here: then the process that served it is gone, and so is the reason to go on.
serve().catch(() => process.exit(1));
