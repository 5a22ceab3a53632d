export const DOJO_URL = 'https://api.dojo.tech';

const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Where Dojo is. `TILLSIDE_DOJO_URL` points a development build at another one on this machine; a packaged till,
 * and any address elsewhere, ignores it and says so: a key must not be lured to a stranger by an environment variable.
 */
export function chooseDojoUrl(override: string | undefined, packaged: boolean): { url: string; ignored: string | null } {
  if (!override) return { url: DOJO_URL, ignored: null };
  if (packaged) return { url: DOJO_URL, ignored: 'TILLSIDE_DOJO_URL is set, and ignored: an installed till talks to Dojo only.' };
  const url = URL.canParse(override) ? new URL(override) : null;
  const loopback = url !== null && ['http:', 'https:'].includes(url.protocol) && LOOPBACK_HOSTS.includes(url.hostname) && !url.username && !url.password;
  if (!loopback) return { url: DOJO_URL, ignored: 'TILLSIDE_DOJO_URL is set, and ignored: only addresses on this computer are allowed.' };
  return { url: url.href.replace(/[?#].*$/, '').replace(/\/$/, ''), ignored: null };
}
