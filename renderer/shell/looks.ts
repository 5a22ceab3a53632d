import { useLayoutEffect } from 'react';
import { useTill } from '../store.ts';

/** Puts the chosen appearance and density on the page, and the shop's name on the window. */
export function useLooks(): void {
  const appearance = useTill((snapshot) => snapshot.settings.appearance);
  const density = useTill((snapshot) => snapshot.settings.density);
  const shopName = useTill((snapshot) => snapshot.settings.shopName);
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.appearance = appearance;
    dataset.density = density;
    document.title = shopName ? `${shopName} · Tillside` : 'Tillside';
  }, [appearance, density, shopName]);
}
