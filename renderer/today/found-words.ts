/** How much a search over all days found, and that there is more than is shown. */
export function foundInWords({ payments, isCut, searchedFor }: Readonly<{ payments: readonly unknown[]; isCut: boolean; searchedFor: string }>): string {
  if (payments.length === 0) return `No payment with “${searchedFor}”.`;
  const count = payments.length === 1 ? '1 payment' : `${payments.length} payments`;
  return isCut ? `The newest ${count} with “${searchedFor}”. There are more: type more of it to narrow the search.` : `${count} with “${searchedFor}”.`;
}
