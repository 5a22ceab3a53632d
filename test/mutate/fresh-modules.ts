import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Lets the till's own modules be loaded anew as often as needed: each generation has its own. `vitest` is answered by `declared.ts`, of
 * which there is one.
 */
export function freshModules(root: string): { load: (file: string) => Promise<unknown>; renew: () => void } {
  let generation = 0;
  const own = pathToFileURL(`${root}/`).href;
  const declared = new URL('./declared.ts', import.meta.url).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'vitest' && context.parentURL !== declared) return { url: declared, shortCircuit: true };
      const found = next(specifier, context);
      const isOwn = found.url.startsWith(own) && !found.url.includes('/node_modules/') && !found.url.includes('?');
      return isOwn ? { ...found, url: `${found.url}?generation=${generation}` } : found;
    },
  });
  return {
    load: (file) => import(pathToFileURL(file).href),
    renew: () => {
      generation += 1;
    },
  };
}
