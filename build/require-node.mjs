// Plain JavaScript, so that an old Node can read it and say what is wrong.
const [major] = process.versions.node.split('.');
if (Number(major) < 24) {
  console.error(`This project needs Node 24 or newer, and this is ${process.version}.`);
  console.error('`npm ci` brings one for Linux and Windows: start with `npm start` rather than `node local/start.ts`.');
  console.error('On macOS, install Node 24 first, for example with `brew install node@24`.');
  process.exit(1);
}
