import { type RefObject, useMemo, useRef, useState } from 'react';
import { forgetScan } from '../scan/scan-landing.ts';
import { useScanUndo } from '../scan/use-scan-undo.ts';
import { type AmountOf, amountOffered, type Typed } from './amount-typing.ts';

/** Puts the amount back that a scan changed, and offers what was typed: a person's fingers may have been that fast. */
export function useAmountScan(
  input: RefObject<HTMLInputElement | null>,
  valueMinor: number | null,
  of: AmountOf,
  currency: string,
  take: (typed: Typed, ofMinor: number) => void,
): Readonly<{ offeredMinor: number | null; use: () => void }> {
  const [offer, setOffer] = useState<{ beforeMinor: number | null; minor: number; ofMinor: number } | null>(null);
  const hasPutBack = useRef(false);
  // The same as long as nothing is put in: told apart by identity.
  const held = useMemo(() => ({ beforeMinor: valueMinor, ofMinor: of.thenMinor }), [valueMinor, of.thenMinor]);
  useScanUndo({
    look: () => held,
    restore: ({ beforeMinor, ofMinor }) => {
      hasPutBack.current = true;
      take({ valueMinor: beforeMinor, problem: null }, ofMinor);
      // As it was when the person came to it: the next digit begins anew.
      requestAnimationFrame(() => (document.activeElement === input.current ? input.current?.select() : undefined));
    },
    onEnded: ({ beforeMinor }, { text, beganIn }) => {
      if (!hasPutBack.current || beganIn !== 'amount') return;
      // So many digits at once are an amount of their own.
      const minor = amountOffered(text, currency);
      setOffer(minor === null ? null : { beforeMinor, minor, ofMinor: of.nowMinor });
    },
  });
  // Whatever else the person has put in since is what they want.
  const isFresh = offer !== null && offer.beforeMinor === valueMinor;
  return {
    offeredMinor: isFresh ? offer.minor : null,
    use: () => {
      hasPutBack.current = false;
      setOffer(null);
      forgetScan();
      if (offer) take({ valueMinor: offer.minor, problem: null }, offer.ofMinor);
    },
  };
}
