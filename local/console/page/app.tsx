import { render } from 'preact';
import './styles/app.css';
import { Shell } from './shell.tsx';
import { ask } from './state/api.ts';
import { setup } from './state/store.ts';
import { followStream } from './state/stream-client.ts';
import type { Setup } from '../wire.ts';

const root = document.getElementById('app');
if (root !== null) {
  root.replaceChildren();
  render(<Shell />, root);
}
followStream();
setup.value = await ask<Setup>('setup');
