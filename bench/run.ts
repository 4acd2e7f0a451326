import { main } from '../commands/kit/main.ts';
import { bench } from './bench.ts';

/** `npm run bench`. */
await main(bench);
