/** What a link may open in the person's own browser: Dojo's own pages, over https, by exact host. */
const HOSTS: readonly string[] = ['dojo.tech', 'www.dojo.tech', 'docs.dojo.tech', 'developer.dojo.tech', 'support.dojo.tech', 'account.dojo.tech'];

/** The address to open, in its normal form, or null: it is not opened. */
export function allowedExternalLink(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return null;
  return HOSTS.includes(url.hostname) ? url.href : null;
}
