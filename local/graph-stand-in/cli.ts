import { main } from '../../commands/kit/main.ts';
import { graphStandIn } from './graph-stand-in.ts';

/** `npm run graph-stand-in`. */
await main(graphStandIn);
