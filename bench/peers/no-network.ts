import dns from 'node:dns';
import { Socket } from 'node:net';

const refuse = (): never => {
  throw new Error('Nothing of the comparison may reach a network.');
};

/** From here on this process can open no connection and look up no name: a stub that was missed shows as an error. */
export function switchNetworkOff(): void {
  Socket.prototype.connect = refuse;
  dns.lookup = refuse as unknown as typeof dns.lookup;
  dns.promises.lookup = refuse;
}
