import { useEffect, useRef } from 'react';
import { NAME_HINT } from '../settings/shop-settings.tsx';
import { ZoneField } from '../settings/zone-field.tsx';
import { TextField } from '../ui/field.tsx';
import type { ShopAsked } from './use-shop-asked.ts';

/** Whose payments they are, and where its midnight is. Both are filled in, and kept when the person goes on. */
export function ShopForm({ shop: { shown, change, setZoneUnclear, errorOf, refusals } }: { shop: ShopAsked }) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a small screen it lies above what was pressed.
    if (refusals > 0) section.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [refusals]);
  return (
    <section ref={section} className="first-start-shop" aria-label="The shop">
      <TextField
        label="Shop’s name"
        value={shown.shopName}
        onChange={(shopName) => change({ shopName })}
        maxLength={80}
        hint={`Optional. ${NAME_HINT}`}
        error={errorOf('shopName')}
      />
      <ZoneField zone={shown.zone} onChange={(zone) => change({ zone })} onUnclear={setZoneUnclear} error={errorOf('zone')} />
    </section>
  );
}
