import { expect, it } from 'vitest';
import { functionOf } from './function-fixture.ts';

it('kills a process in the middle of its invocation, and the next event gets a new one', async () => {
  const { lambda } = functionOf(
    'export const handler = ({ stay }) => (stay ? new Promise(() => setInterval(() => {}, 1e6)) : process.pid)',
  );
  await lambda.ready();
  const staying = lambda.invoke({ stay: true });

  expect(lambda.killOne()).toBe(true);

  expect(await staying).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
  expect(await lambda.invoke({})).toMatchObject({ ok: true });
}, 30_000);

it('kills nothing when nothing runs', async () => {
  const { lambda } = functionOf('export const handler = () => 1');
  await lambda.ready();

  expect(lambda.killOne()).toBe(false);
  expect(await lambda.invoke({})).toEqual({ ok: true, payload: 1 });
}, 30_000);
