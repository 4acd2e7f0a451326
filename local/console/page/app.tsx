import { render } from 'preact';
import './styles/app.css';
import { Shell } from './shell.tsx';
import { followStream } from './state/stream-client.ts';

const root = document.getElementById('app');
if (root !== null) {
  root.replaceChildren();
  render(<Shell />, root);
}
followStream();
