import { main } from '../../commands/kit/main.ts';
import { chaos } from './chaos.ts';

/** `npm run chaos`. The functions' processes end with this one. */
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

await main(chaos);
process.exit();
