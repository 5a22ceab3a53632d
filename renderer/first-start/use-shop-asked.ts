import { useState } from 'react';
import type { Settings } from '../../preload/contract.ts';
import { useSave } from '../settings/use-save.ts';
import { useTill } from '../store.ts';

type ShopSettings = Pick<Settings, 'shopName' | 'zone'>;

export type ShopAsked = Readonly<{
  /** What is saved, or what was put in its place and is not saved yet. */
  shown: ShopSettings;
  change: (change: Partial<ShopSettings>) => void;
  /** Something that is no zone was typed in its place. */
  setZoneUnclear: (isUnclear: boolean) => void;
  errorOf: (field: keyof ShopSettings) => string | null;
  /** How often somebody could not go on because of it. */
  refusals: number;
  /** Saves what was changed, and nothing where nothing was: connecting writes the zone down. Whether the person may go on. */
  save: () => Promise<boolean>;
}>;

/** The shop's name and zone as the first start asks them, for whichever way goes on from it. */
export function useShopAsked(): ShopAsked {
  const settings = useTill((snapshot) => snapshot.settings);
  const [changed, setChanged] = useState<Partial<ShopSettings>>({});
  const [isZoneUnclear, setZoneUnclear] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const { save, errorOf } = useSave();
  const saveChanged = async () => {
    if (isZoneUnclear) return false;
    const { shopName, zone } = changed;
    const change = { ...(shopName === undefined ? {} : { shopName: shopName.trim() }), ...(zone === undefined ? {} : { zone }) };
    return Object.keys(change).length === 0 || save(change);
  };
  return {
    shown: { shopName: changed.shopName ?? settings.shopName, zone: changed.zone ?? settings.zone },
    change: (change) => setChanged((before) => ({ ...before, ...change })),
    setZoneUnclear,
    errorOf,
    refusals,
    save: async () => {
      const isSaved = await saveChanged();
      if (!isSaved) setRefusals((count) => count + 1);
      return isSaved;
    },
  };
}
