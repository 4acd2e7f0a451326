/** For commands that take no options: says how the command is used where it was given any, and ends the process. */
export function takeNoOptions(usage: string): void {
  const [first] = process.argv.slice(2);
  if (first === undefined) return;
  if (first !== '--help') console.error(`There is no option "${first}".\n`);
  console[first === '--help' ? 'log' : 'error'](usage);
  process.exit(first === '--help' ? 0 : 2);
}
