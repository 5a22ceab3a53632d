/** What a port throws in place of an answer, which it promises never to do. Anything else that is thrown is the till's own mistake. */
export class PortBroke extends Error {
  constructor(what: string) {
    super(`the simulation’s ${what} broke`);
    this.name = 'PortBroke';
  }
}
